import {
  BlueprintRequestScope,
  JsonObject,
} from '@greenroom/plugin-environments-common';
import { PublishedBlueprint } from '../../blueprints/types';
import { EnvironmentRecord } from '../../environments/types';

/** What a blueprint's expressions see of an environment, whether anything of it is made or not. */
export function requestScope(
  environment: Pick<EnvironmentRecord, 'id' | 'name' | 'owner' | 'type'>,
  blueprint: Pick<PublishedBlueprint, 'name' | 'version'>,
  inputs: JsonObject,
): BlueprintRequestScope {
  const { id, name, owner, type } = environment;
  return {
    inputs,
    environment: { id, name, slug: name, owner, type },
    owner: { ref: owner, name: owner.split('/').at(-1)! },
    blueprint: { name: blueprint.name, version: blueprint.version },
  };
}
