import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { EnvironmentUpgrade } from '@greenroom/plugin-environments-common';
import { gt } from 'semver';
import { impactOn } from '../blueprints/compare/impact';
import { BlueprintService, PublishedBlueprint } from '../blueprints/service';
import { mayExist } from '../operations/submission/draft';
import { EnvironmentAccess } from './access';
import { EnvironmentNotFoundError } from './errors';
import { InputVault } from './inputVault';
import { EnvironmentStore } from './store';
import { EnvironmentRecord } from './types';
import { neededInput, upgradeInputs } from './upgradeInputs';

/** Tells what an upgrade would mean for one environment, without planning it. */
export class EnvironmentUpgrades {
  constructor(
    private readonly options: {
      knex: Knex;
      store: EnvironmentStore;
      access: EnvironmentAccess;
      inputVault: InputVault;
      blueprints: Pick<
        BlueprintService,
        'getById' | 'getForRequest' | 'compare'
      >;
    },
  ) {}

  /**
   * @param version the recommended one when absent
   * @throws NotFoundProblemError when there is no such version, or it is not published
   * @throws BlueprintVersionRetiredError
   */
  async describe(
    id: string,
    { version }: { version?: string },
    credentials: BackstageCredentials,
  ): Promise<EnvironmentUpgrade> {
    const { knex, store, access, blueprints } = this.options;
    const environment = await store.find(knex, id);
    if (!environment || environment.trial) {
      throw new EnvironmentNotFoundError(id);
    }
    await access.requireRead(credentials, environment);
    const present = await blueprints.getById(environment.blueprintVersionId);
    const { name, version: from, recommended } = present;
    const wanted = version ?? recommended;
    const standing = {
      from,
      recommended,
      behind: recommended !== undefined && gt(recommended, from),
      needs: [],
      drops: [],
      problems: [],
      warnings: [],
    };
    if (wanted === undefined || wanted === from) return standing;
    const target = await blueprints.getForRequest({ name, version: wanted });
    const comparison = await blueprints.compare(
      name,
      { from, to: wanted },
      credentials,
    );
    return {
      ...standing,
      to: wanted,
      comparison,
      ...(await this.#impact(environment, from, target)),
      warnings: target.warnings,
    };
  }

  async #impact(
    environment: EnvironmentRecord,
    version: string,
    target: PublishedBlueprint,
  ): Promise<Pick<EnvironmentUpgrade, 'needs' | 'drops' | 'problems'>> {
    const { knex, store, inputVault } = this.options;
    const components = await store.components(knex, environment.id);
    const { inputs, needs, drops } = upgradeInputs(
      target.document,
      inputVault.openFor(
        environment.id,
        target.document.spec.inputs,
        environment.inputs,
      ),
    );
    const problems = impactOn(
      {
        ...environment,
        version,
        inputs,
        outputs: environment.outputs.map(({ name }) => name),
        components: components.filter(mayExist),
      },
      target,
    );
    return {
      needs,
      drops,
      problems: problems.filter(problem => neededInput(problem) === undefined),
    };
  }
}
