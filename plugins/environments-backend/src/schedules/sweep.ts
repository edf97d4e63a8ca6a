import { isDeepStrictEqual } from 'node:util';
import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError, toError } from '@backstage/errors';
import {
  lastTransition,
  nextTransition,
  OperationCause,
  Transition,
} from '@greenroom/plugin-environments-common';
import { BlueprintService } from '../blueprints/service';
import { addSeconds } from '../clock';
import { isTransient } from '../database';
import { EnvironmentChanges } from '../environments/changes';
import { EnvironmentRecord } from '../environments/types';
import { LeaseService } from '../leases/service';
import { RecurringWork } from '../loop';
import { EnvironmentBusyError } from '../operations/errors';
import { OperationStore } from '../operations/store/operations';
import { OperationSubmitter } from '../operations/submission/submit';
import { decideSleep, SleepDecision } from './decide';
import {
  holidaysOf,
  ResolvedSchedule,
  resolveSchedule,
  ScheduleSettings,
  settingsDigest,
} from './settings';
import { ScheduleRecord, ScheduleStore } from './store';

/** Acts for nobody but the schedule itself. */
export const SCHEDULE_ACTOR = 'system:schedule';

/** One transaction; several replicas sweep beside each other in such pieces. */
const BATCH = 50;

const RETRY_SECONDS = 300;

/**
 * How often those are looked for that another configuration resolved: while backends are replaced
 * one by one, those that are still there go by theirs.
 */
const OUTDATED_SECONDS = 300;

const REASONS = {
  sleep: 'Its schedule lets it sleep now',
  wake: 'Its schedule wakes it now',
};

/** Lets environments sleep and wake when their schedules say so. */
export class ScheduleSweep implements RecurringWork {
  readonly name = 'The schedule sweep';
  readonly intervalMs = 1000;
  readonly #settingsDigest: string;
  #outdatedFrom?: Date;

  constructor(
    private readonly options: {
      knex: Knex;
      store: ScheduleStore;
      settings: ScheduleSettings;
      environments: EnvironmentChanges;
      blueprints: Pick<BlueprintService, 'getById'>;
      operations: OperationStore;
      submitter: OperationSubmitter;
      leases: LeaseService;
      logger: LoggerService;
      /** After commit. */
      onSubmitted: (operationIds: string[]) => Promise<void>;
    },
  ) {
    this.#settingsDigest = settingsDigest(options.settings);
  }

  /**
   * Does what schedules want up to that moment, of each only what it wanted last.
   *
   * @returns how many environments are put to sleep or woken
   */
  async tick(now: Date): Promise<number> {
    const { knex, store, onSubmitted } = this.options;
    if (!this.#outdatedFrom || now >= this.#outdatedFrom) {
      await store.touchOutdated(knex, this.#settingsDigest, now);
      this.#outdatedFrom = addSeconds(now, OUTDATED_SECONDS);
    }
    let submitted = 0;
    for (;;) {
      const { looked, operationIds } = await knex.transaction(async tx => {
        const due = await store.lockDue(tx, now, BATCH);
        const ids: string[] = [];
        for (const record of due)
          ids.push(...(await this.#try(tx, record, now)));
        return { looked: due.length, operationIds: ids };
      });
      if (operationIds.length > 0) await onSubmitted(operationIds);
      submitted += operationIds.length;
      if (looked < BATCH) return submitted;
    }
  }

  /** One that can't be looked at does not hold up the others, and is looked at again a while later. */
  async #try(
    tx: Knex.Transaction,
    record: ScheduleRecord,
    now: Date,
  ): Promise<string[]> {
    const { logger, store } = this.options;
    try {
      return await tx.transaction(savepoint =>
        this.#look(savepoint, record, now),
      );
    } catch (error) {
      if (isTransient(error)) throw error;
      // Somebody was faster; it is due still when it is free.
      if (error instanceof EnvironmentBusyError) return [];
      const { environmentId } = record;
      const cause = isError(error) ? toError(error) : undefined;
      logger.error(`Could not follow the schedule of ${environmentId}`, cause);
      await store.postpone(tx, environmentId, addSeconds(now, RETRY_SECONDS));
      return [];
    }
  }

  async #look(
    tx: Knex.Transaction,
    record: ScheduleRecord,
    now: Date,
  ): Promise<string[]> {
    const { environments, blueprints, settings, store } = this.options;
    const environment = await environments.get(tx, record.environmentId);
    if (environment.state === 'destroyed') {
      await store.remove(tx, environment.id);
      return [];
    }
    const { name, document } = await blueprints.getById(
      environment.blueprintVersionId,
      tx,
    );
    const { type, owner } = environment;
    const resolved = resolveSchedule(
      document.spec.schedule,
      { type, owner, blueprint: name },
      settings,
    );
    const transition = resolved && this.#wanted(record, resolved, now);
    const operationId =
      transition &&
      (await this.#follow(tx, environment, record, resolved, transition));
    // Kept over a wake that is left: once its lease is extended, the next one wakes it.
    const asleepBy =
      transition?.kind === 'sleep' && operationId
        ? operationId
        : record.asleepBy;
    await this.#write(tx, { ...record, resolved, asleepBy }, now);
    return operationId ? [operationId] : [];
  }

  /** What the schedule wanted last of what nobody has looked at yet. */
  #wanted(
    record: ScheduleRecord,
    { schedule }: ResolvedSchedule,
    now: Date,
  ): Transition | undefined {
    const holidays = holidaysOf(schedule, this.options.settings);
    const last = lastTransition(schedule, record.lookedAt, now, holidays);
    const isSame =
      record.isNew || isDeepStrictEqual(record.resolved?.schedule, schedule);
    // What slept by the schedule before wakes by this one, but nobody was told of its sleep before.
    return isSame || last?.kind === 'wake' ? last : undefined;
  }

  /** @returns the operation by which it falls asleep or wakes */
  async #follow(
    tx: Knex.Transaction,
    environment: EnvironmentRecord,
    record: ScheduleRecord,
    { rule }: ResolvedSchedule,
    transition: Transition,
  ): Promise<string | undefined> {
    const { leases, submitter } = this.options;
    const { kind, at } = transition;
    const decision = await this.#decide(tx, environment, record, transition);
    if (decision.move === 'leave') return undefined;
    const missed =
      decision.move === 'miss' ? `, and can't: ${decision.reason}` : '';
    const cause: OperationCause = {
      code: `schedule.${kind}`,
      message: `${REASONS[kind]}${missed}.`,
    };
    await leases.noteSleep(tx, environment.id, {
      kind: kind === 'sleep' ? 'pause' : 'wake',
      actor: SCHEDULE_ACTOR,
      reason: cause.message,
      rule,
      detail: { due: at.toISOString(), missed: missed !== '' },
    });
    if (decision.move === 'miss') return undefined;
    const { operationId } = await submitter.submit(tx, {
      environmentId: environment.id,
      kind: decision.move,
      requestedBy: SCHEDULE_ACTOR,
      cause,
    });
    return operationId;
  }

  async #decide(
    tx: Knex.Transaction,
    { id, state }: EnvironmentRecord,
    { asleepBy }: ScheduleRecord,
    transition: Transition,
  ): Promise<SleepDecision> {
    const { environments, operations, leases } = this.options;
    const components = await environments.components(tx, id);
    const { stage } = await leases.get(tx, id);
    const latest = asleepBy
      ? await operations.latestId(tx, id, ['pause', 'resume'])
      : undefined;
    return decideSleep(transition, {
      state,
      pausable: components.some(({ pausable }) => pausable),
      asleepBySchedule: asleepBy !== undefined && latest === asleepBy,
      inGrace: stage === 'grace',
    });
  }

  async #write(
    tx: Knex.Transaction,
    {
      environmentId,
      resolved,
      asleepBy,
    }: Pick<ScheduleRecord, 'environmentId' | 'resolved' | 'asleepBy'>,
    now: Date,
  ): Promise<void> {
    const { store, settings } = this.options;
    await store.update(tx, environmentId, {
      resolved,
      asleepBy,
      lookedAt: now,
      next:
        resolved &&
        nextTransition(
          resolved.schedule,
          now,
          holidaysOf(resolved.schedule, settings),
        ),
      settingsDigest: this.#settingsDigest,
    });
  }
}
