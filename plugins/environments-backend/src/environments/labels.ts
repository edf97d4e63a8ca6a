import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ChangeLabelsRequest,
  Environment,
  environmentUpdatePermission,
  labelCountProblem,
  labelProblems,
  Labels,
  withLabelChanges,
} from '@greenroom/plugin-environments-common';
import { AuditStore } from '../audit/store';
import { Clock } from '../clock';
import { InputProblemError } from '../errors';
import { EnvironmentAccess } from './access';
import { EnvironmentChanges } from './changes';
import { DestroyedStaysError, EnvironmentNotFoundError } from './errors';
import { EnvironmentService } from './service';
import { EnvironmentStore } from './store';

/**
 * How the labels of an environment are changed: at once and without an operation, since nothing
 * real depends on them.
 */
export class EnvironmentLabels {
  constructor(
    private readonly options: {
      knex: Knex;
      store: EnvironmentStore;
      environments: EnvironmentChanges;
      environmentService: Pick<EnvironmentService, 'get'>;
      access: EnvironmentAccess;
      audit: AuditStore;
      /** After a commit that left something to tell. */
      onTold: () => void;
      clock: Clock;
    },
  ) {}

  /**
   * May be repeated: labels that are already as they should be leave no trace.
   *
   * @throws EnvironmentNotFoundError, NotAllowedProblemError, InputProblemError
   * @throws DestroyedStaysError
   */
  async change(
    environmentId: string,
    { labels: changes }: ChangeLabelsRequest,
    credentials: BackstageCredentials,
  ): Promise<Environment> {
    const { knex, environments, environmentService, access } = this.options;
    const found = await environments.get(knex, environmentId);
    if (found.trial) throw new EnvironmentNotFoundError(environmentId);
    await access.require(environmentUpdatePermission, credentials, found);
    const { actor } = await access.caller(credentials);
    const problems = labelProblems(changes);
    if (problems.length > 0) throw new InputProblemError(problems);
    await knex.transaction(async tx => {
      const { name, labels, destroyedAt } = await environments.lock(
        tx,
        environmentId,
      );
      if (destroyedAt) throw new DestroyedStaysError(name);
      const next = withLabelChanges(labels, changes);
      const tooMany = labelCountProblem(next);
      if (tooMany) throw new InputProblemError(tooMany);
      await this.#write(tx, environmentId, { actor, before: labels, next });
    });
    this.options.onTold();
    return environmentService.get(environmentId, credentials);
  }

  async #write(
    tx: Knex.Transaction,
    environmentId: string,
    change: { actor: string; before: Labels; next: Labels },
  ): Promise<void> {
    const { store, environments, audit, clock } = this.options;
    const { actor, before, next } = change;
    const differing = (one: Labels, other: Labels) =>
      Object.entries(one).filter(([key, value]) => other[key] !== value);
    const set = differing(next, before);
    const removed = Object.keys(before).filter(
      key => !Object.hasOwn(next, key),
    );
    if (set.length === 0 && removed.length === 0) return;
    await store.updateLabels(tx, environmentId, next);
    await environments.tell(tx, environmentId);
    await audit.append(tx, {
      at: clock.now(),
      actor,
      action: 'environment.labels.changed',
      environmentId,
      details: { set: Object.fromEntries(set), removed },
    });
  }
}
