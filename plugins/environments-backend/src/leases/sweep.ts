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
import { ScheduleService } from '../schedules/service';
import { TeardownService } from '../teardown/service';
import { DestroySubmission } from '../teardown/submission';
import { protectedProblem } from './errors';
import { LeaseWatch } from './brake/watch';
import { LeaseProjection } from './ledger';
import { blockedEntry, decideExpiry, destroyEntry, graceEntry } from './expiry';
import { LEASE_ACTOR, LeaseService } from './service';
import { DueLease, DueQuery, LeaseStore } from './store';

/** One transaction; several replicas sweep beside each other in such pieces. */
const BATCH = 50;

/** After so many it is looked again: for who is due by then, and since long work must not look like a leap of the clock. */
const TURN = 2000;

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
      schedules: Pick<ScheduleService, 'asleep'>;
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
    const { knex, store, watch, onSubmitted } = this.options;
    const reach = await watch.look(now);
    const due = { ...reach, except: this.#setbacks.at(reach.upTo) };
    const ids = await store.dueInTurns(knex, { ...due, limit: TURN });
    let submitted = 0;
    for (let first = 0; first < ids.length; first += BATCH) {
      const batch = ids.slice(first, first + BATCH);
      const operationIds = await this.#sweepBatch(due, batch);
      if (operationIds.length > 0) await onSubmitted(operationIds);
      submitted += operationIds.length;
    }
    return submitted;
  }

  /** @returns ids of the operations that were submitted */
  async #sweepBatch(query: DueQuery, batch: string[]): Promise<string[]> {
    const { knex, store, leases, watch, submission } = this.options;
    const { upTo: now } = query;
    return knex.transaction(async tx => {
      const due = await store.lockDue(tx, query, batch);
      const waited = await watch.waited(tx, due);
      const destroyed = new Map<string, LeaseProjection>();
      const operationIds: string[] = [];
      for (const one of due) {
        const { environmentId, lease } = one;
        const decision = decideExpiry(lease, now);
        if (decision.move === 'destroy') destroyed.set(environmentId, lease);
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
        [...destroyed.keys()],
        LEASE_ACTOR,
        async (savepoint, environmentId) => {
          const lease = destroyed.get(environmentId)!;
          const entry = destroyEntry(lease, waited({ lease }));
          await leases.record(savepoint, environmentId, [entry]);
          return { code: 'lease.expired', message: entry.reason };
        },
      );
      return [...operationIds, ...submitted];
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
    const { leases, environments, submitter, schedules } = this.options;
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
        await schedules.asleep(savepoint, environmentId, operationId);
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
