import { secretValues } from '@greenroom/plugin-environments-common';
import { BlueprintService, PublishedBlueprint } from '../blueprints/service';
import { InputVault, sealedInputs } from '../environments/inputVault';
import { OutputVault } from '../environments/outputs';
import { ComponentRecord, EnvironmentRecord } from '../environments/types';
import { GivenVault } from '../operations/run/givenVault';
import { Mask } from '../operations/run/mask';

/** What must not be read of an environment, whoever tells of it: systems show what they were given. */
export class EnvironmentSecrets {
  constructor(
    private readonly options: {
      blueprints: Pick<BlueprintService, 'getById'>;
      vault: OutputVault;
      inputVault: InputVault;
      givenVault: GivenVault;
    },
  ) {}

  async maskOf(
    { id, inputs }: EnvironmentRecord,
    components: ComponentRecord[],
  ): Promise<Mask> {
    const { vault, inputVault } = this.options;
    const mask = new Mask();
    const opened = inputVault.open(id, inputs);
    sealedInputs(inputs).forEach(name => mask.hide(opened[name]));
    const versions = await this.#versions(components);
    for (const component of components) {
      const outputs = vault.open(id, component.id, component.outputs);
      for (const { sensitive, value } of Object.values(outputs)) {
        if (sensitive) mask.hide(value);
      }
      this.#hideGiven(mask, id, component, versions);
    }
    return mask;
  }

  /** Those that components were last made by. */
  async #versions(
    components: ComponentRecord[],
  ): Promise<Map<string, PublishedBlueprint>> {
    const ids = new Set(
      components.flatMap(({ blueprintVersionId }) => blueprintVersionId ?? []),
    );
    const versions = new Map<string, PublishedBlueprint>();
    for (const id of ids) {
      versions.set(id, await this.options.blueprints.getById(id));
    }
    return versions;
  }

  /** What was made of a secret input is one. */
  #hideGiven(
    mask: Mask,
    environmentId: string,
    { id, withSealed, blueprintVersionId = '' }: ComponentRecord,
    versions: Map<string, PublishedBlueprint>,
  ): void {
    const made = versions.get(blueprintVersionId);
    if (!withSealed || !made) return;
    const given = this.options.givenVault.open(environmentId, id, withSealed);
    secretValues(made.document, id, given).forEach(value => mask.hide(value));
  }
}
