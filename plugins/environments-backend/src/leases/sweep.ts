import { Knex } from 'knex';
import { DestroySubmission } from '../teardown/submission';
import { LEASE_ACTOR, LeaseService } from './service';
import { LeaseStore } from './store';
import { RecurringWork } from '../loop';

/** One transaction; several replicas sweep beside each other in such pieces. */
const BATCH = 50;

/** Submits the teardown of environments whose time is up. */
export class LeaseSweep implements RecurringWork {
  readonly name = 'The lease sweep';
  /** An environment ends at most about this late, and the query of an idle sweep is one index look-up. */
  readonly intervalMs = 1000;

  constructor(
    private readonly options: {
      knex: Knex;
      store: LeaseStore;
      leases: LeaseService;
      submission: DestroySubmission;
      /** After commit. */
      onSubmitted: (operationIds: string[]) => Promise<void>;
    },
  ) {}

  /**
   * Submits a destroy for everything that is due at that moment and free.
   *
   * @returns how many
   */
  async tick(now: Date): Promise<number> {
    let submitted = 0;
    for (;;) {
      const batch = await this.#sweepBatch(now);
      if (batch.operationIds.length > 0) {
        await this.options.onSubmitted(batch.operationIds);
      }
      submitted += batch.operationIds.length;
      if (batch.due < BATCH) return submitted;
    }
  }

  async #sweepBatch(
    now: Date,
  ): Promise<{ due: number; operationIds: string[] }> {
    const { knex, store, leases, submission } = this.options;
    return knex.transaction(async tx => {
      const due = await store.lockDue(tx, now, BATCH);
      const operationIds = await submission.submitEach(
        tx,
        due,
        LEASE_ACTOR,
        (savepoint, environmentId) => leases.expire(savepoint, environmentId),
      );
      return { due: due.length, operationIds };
    });
  }
}
