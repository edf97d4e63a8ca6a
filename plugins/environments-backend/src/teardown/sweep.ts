import { Knex } from 'knex';
import { OperationCause } from '@greenroom/plugin-environments-common';
import { TEARDOWN_ACTOR } from './service';
import { TeardownStore } from './store/teardowns';
import { DestroySubmission } from './submission';
import { RecurringWork } from '../loop';

/**
 * All that one turn submits. When very many teardowns are due at once, because what they all need
 * was away, they come at this pace, and leave room for what people ask for meanwhile.
 */
const BATCH = 50;

/** Submits the destroy of environments again whose teardown failed. */
export class TeardownSweep implements RecurringWork {
  readonly name = 'The teardown sweep';
  readonly intervalMs = 2000;

  constructor(
    private readonly options: {
      knex: Knex;
      store: TeardownStore;
      submission: DestroySubmission;
      /** After commit. */
      onSubmitted: (operationIds: string[]) => Promise<void>;
    },
  ) {}

  /**
   * Submits a destroy for the longest due of what is due at that moment and free.
   *
   * @returns how many
   */
  async tick(now: Date): Promise<number> {
    const { knex, store, submission, onSubmitted } = this.options;
    const operationIds = await knex.transaction(async tx => {
      const due = await store.lockDue(tx, now, BATCH);
      return submission.submitEach(
        tx,
        due,
        TEARDOWN_ACTOR,
        (savepoint, environmentId) => this.#cause(savepoint, environmentId),
      );
    });
    if (operationIds.length > 0) await onSubmitted(operationIds);
    return operationIds.length;
  }

  async #cause(
    tx: Knex.Transaction,
    environmentId: string,
  ): Promise<OperationCause> {
    const teardown = await this.options.store.find(tx, environmentId);
    const failures = teardown?.failures ?? 0;
    return {
      code: 'teardown.retry',
      message: `Tried again after ${failures} ${failures === 1 ? 'teardown' : 'teardowns'} that failed.`,
    };
  }
}
