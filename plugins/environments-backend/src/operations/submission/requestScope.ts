import {
  BlueprintRequestScope,
  JsonObject,
} from '@greenroom/plugin-environments-common';
import { shownInputs } from '../../environments/inputVault';
import { PublishedBlueprint } from '../../blueprints/types';
import { EnvironmentRecord } from '../../environments/types';

/**
 * What a blueprint's expressions see of an environment, whether anything of it is made or not.
 * Secrets that are still sealed are left out: nothing that is decided before a driver has its turn
 * may draw on them.
 */
export function requestScope(
  environment: Pick<EnvironmentRecord, 'id' | 'name' | 'owner' | 'type'>,
  blueprint: Pick<PublishedBlueprint, 'name' | 'version'>,
  inputs: JsonObject,
): BlueprintRequestScope {
  const { id, name, owner, type } = environment;
  return {
    inputs: shownInputs(inputs),
    environment: { id, name, slug: name, owner, type },
    owner: { ref: owner, name: owner.split('/').at(-1)! },
    blueprint: { name: blueprint.name, version: blueprint.version },
  };
}
