import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { OperationCause } from '@greenroom/plugin-environments-common';
import { Clock } from '../clock';
import { Loop, startLoop } from '../loop';
import { OperationSubmitter } from '../operations/submit';
import { LEASE_ACTOR, LeaseService } from './service';
import { LeaseRecord, LeaseStore } from './store';

/** An environment ends at most about this late, and the query of an idle sweep is one index look-up. */
const INTERVAL_MS = 1000;
/** One transaction; several replicas sweep beside each other in such pieces. */
const BATCH = 50;

/** Submits the teardown of environments whose time is up, and again when a teardown failed. */
export class LeaseSweep {
  #loop?: Loop;

  constructor(
    private readonly options: {
      knex: Knex;
      store: LeaseStore;
      leases: LeaseService;
      submitter: OperationSubmitter;
      /** After commit. */
      onSubmitted: (operationIds: string[]) => Promise<void>;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  start(): void {
    const { clock, logger } = this.options;
    this.#loop = startLoop({
      name: 'The lease sweep',
      intervalMs: INTERVAL_MS,
      run: async () => {
        await this.tick(clock.now());
      },
      logger,
    });
  }

  async stop(): Promise<void> {
    await this.#loop?.stop();
  }

  /**
   * Submits a destroy for everything that is due at that moment and free.
   *
   * @returns how many
   */
  async tick(now: Date): Promise<number> {
    let submitted = 0;
    for (;;) {
      const batch = await this.#sweepBatch(now);
      await this.options.onSubmitted(batch.operationIds);
      submitted += batch.operationIds.length;
      if (batch.due < BATCH) return submitted;
    }
  }

  async #sweepBatch(
    now: Date,
  ): Promise<{ due: number; operationIds: string[] }> {
    const { knex, store, leases, logger } = this.options;
    return knex.transaction(async tx => {
      const due = await store.lockDue(tx, now, BATCH);
      const operationIds: string[] = [];
      for (const environmentId of due) {
        try {
          operationIds.push(
            await tx.transaction(savepoint =>
              this.#expire(savepoint, environmentId, now),
            ),
          );
        } catch (error) {
          // Out of the way for now: one that can't be submitted must not hold up the others.
          logger.error(
            `Could not submit the teardown of environment ${environmentId}`,
            toError(error),
          );
          await leases.teardownFailed(tx, environmentId);
        }
      }
      return { due: due.length, operationIds };
    });
  }

  async #expire(
    tx: Knex.Transaction,
    environmentId: string,
    now: Date,
  ): Promise<string> {
    const { store, leases, submitter } = this.options;
    const lease = await leases.get(tx, environmentId);
    const cause = causeOf(lease);
    await store.append(tx, {
      environmentId,
      kind: 'expiry',
      at: now,
      actor: LEASE_ACTOR,
      reason: cause.message,
      rule: cause.code,
      expiresBefore: lease.expiresAt,
    });
    return submitter.submit(tx, {
      environmentId,
      kind: 'destroy',
      requestedBy: LEASE_ACTOR,
      cause,
    });
  }
}

function causeOf(lease: LeaseRecord): OperationCause {
  const { failedTeardowns, reason } = lease;
  return {
    code: 'lease.expired',
    message:
      failedTeardowns === 0
        ? `Its time was up: ${reason}.`
        : `Tried again after ${failedTeardowns} ${failedTeardowns === 1 ? 'teardown' : 'teardowns'} that failed.`,
  };
}
