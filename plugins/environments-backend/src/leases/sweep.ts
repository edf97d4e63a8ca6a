import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError, toError } from '@backstage/errors';
import { isTransient } from '../database';
import { EnvironmentChanges } from '../environments/changes';
import { problemsOf } from '../errors';
import { RecurringWork } from '../loop';
import { Setbacks } from '../setbacks';
import { EnvironmentBusyError } from '../operations/errors';
import { OperationSubmitter } from '../operations/submission/submit';
import { TeardownService } from '../teardown/service';
import { DestroySubmission } from '../teardown/submission';
import { protectedProblem } from './errors';
import { LeaseWatch, Reach } from './brake/watch';
import { blockedEntry, decideExpiry, destroyEntry, graceEntry } from './expiry';
import { LEASE_ACTOR, LeaseService } from './service';
import { DueLease, LeaseStore } from './store';

/** One transaction; several replicas sweep beside each other in such pieces. */
const BATCH = 50;

/** After so many the clock is looked at again: long work must not look like a leap of it. */
const BATCHES = 40;

/** Ends environments whose time is up: at once, or by a pause and a grace. */
export class LeaseSweep implements RecurringWork {
  readonly name = 'The lease sweep';
  /** An environment ends at most about this late, and the query of an idle sweep is one index look-up. */
  readonly intervalMs = 1000;

  readonly #setbacks: Setbacks;

  constructor(
    private readonly options: {
      knex: Knex;
      store: LeaseStore;
      leases: LeaseService;
      watch: LeaseWatch;
      environments: Pick<EnvironmentChanges, 'get' | 'tell'>;
      submission: DestroySubmission;
      submitter: OperationSubmitter;
      teardowns: Pick<TeardownService, 'block'>;
      logger: LoggerService;
      /** After commit. */
      onSubmitted: (operationIds: string[]) => Promise<void>;
    },
  ) {
    this.#setbacks = new Setbacks('Could not end', options.logger);
  }

  /**
   * Does what is due at that moment about everything that is free, as far as one turn goes.
   *
   * @returns how many operations are submitted
   */
  async tick(now: Date): Promise<number> {
    const reach = await this.options.watch.look(now);
    let submitted = 0;
    for (let batches = 0; batches < BATCHES; batches += 1) {
      const batch = await this.#sweepBatch(reach);
      if (batch.operationIds.length > 0) {
        await this.options.onSubmitted(batch.operationIds);
      }
      submitted += batch.operationIds.length;
      if (batch.due < BATCH) break;
    }
    return submitted;
  }

  async #sweepBatch({
    upTo: now,
    held,
  }: Reach): Promise<{ due: number; operationIds: string[] }> {
    const { knex, store, leases, watch, submission } = this.options;
    return knex.transaction(async tx => {
      const due = await store.lockDue(tx, now, {
        limit: BATCH,
        except: this.#setbacks.at(now),
        held,
      });
      const waited = await watch.waited(tx, due);
      const destroyed: string[] = [];
      const operationIds: string[] = [];
      for (const one of due) {
        const { environmentId, lease } = one;
        const decision = decideExpiry(lease, now);
        if (decision.move === 'destroy') destroyed.push(environmentId);
        if (decision.move === 'block') {
          await this.#setbacks.attempt(tx, environmentId, now, savepoint =>
            this.#block(savepoint, one),
          );
        }
        if (decision.move === 'pause') {
          const id = await this.#setbacks.attempt(
            tx,
            environmentId,
            now,
            savepoint =>
              this.#pause(savepoint, one, {
                graceEndsAt: decision.graceEndsAt,
                waited: waited(one),
              }),
          );
          if (id) operationIds.push(id);
        }
      }
      const submitted = await submission.submitEach(
        tx,
        destroyed,
        LEASE_ACTOR,
        async (savepoint, environmentId) => {
          const lease = await leases.get(savepoint, environmentId);
          const entry = destroyEntry(lease, waited({ lease }));
          await leases.record(savepoint, environmentId, [entry]);
          return { code: 'lease.expired', message: entry.reason };
        },
      );
      return {
        due: due.length,
        operationIds: [...operationIds, ...submitted],
      };
    });
  }

  /** Once: the owner and the operators are told, and nothing is due before somebody acts. */
  async #block(
    tx: Knex.Transaction,
    { environmentId, lease }: DueLease,
  ): Promise<void> {
    const { leases, environments, teardowns } = this.options;
    const environment = await environments.get(tx, environmentId);
    await leases.record(tx, environmentId, [blockedEntry(lease)]);
    await teardowns.block(tx, {
      environmentId,
      problem: protectedProblem(environment, lease.protection!),
    });
    await environments.tell(tx, environmentId);
  }

  /**
   * The grace begins, whether the pause can or not.
   *
   * @returns the id of the pause
   */
  async #pause(
    tx: Knex.Transaction,
    { environmentId, lease }: DueLease,
    { graceEndsAt, waited }: { graceEndsAt: Date; waited?: string },
  ): Promise<string | undefined> {
    const { leases, environments, submitter } = this.options;
    const entry = graceEntry(lease, graceEndsAt, { waited });
    const { state } = await environments.get(tx, environmentId);
    if (state === 'paused') {
      await leases.record(tx, environmentId, [entry]);
      await environments.tell(tx, environmentId);
      return undefined;
    }
    try {
      return await tx.transaction(async savepoint => {
        await leases.record(savepoint, environmentId, [entry]);
        const { operationId } = await submitter.submit(savepoint, {
          environmentId,
          kind: 'pause',
          requestedBy: LEASE_ACTOR,
          cause: { code: 'lease.expired', message: entry.reason },
        });
        return operationId;
      });
    } catch (error) {
      if (isTransient(error)) throw error;
      // Somebody was faster; it is due still when it is free.
      if (error instanceof EnvironmentBusyError) return undefined;
      const unpaused = this.#whyNot(environmentId, error);
      await leases.record(tx, environmentId, [
        graceEntry(lease, graceEndsAt, { unpaused, waited }),
      ]);
      await environments.tell(tx, environmentId);
      return undefined;
    }
  }

  #whyNot(environmentId: string, error: unknown): string {
    const [problem] = problemsOf(error) ?? [];
    if (problem) return problem.message.replace(/\.$/, '');
    this.options.logger.error(
      `Could not submit the pause of environment ${environmentId}`,
      isError(error) ? toError(error) : undefined,
    );
    return 'its pause could not even be begun';
  }
}
