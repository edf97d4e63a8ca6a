import { isDeepStrictEqual } from 'node:util';
import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  lastTransition,
  nextTransition,
  OperationCause,
  Transition,
} from '@greenroom/plugin-environments-common';
import { BlueprintService } from '../blueprints/service';
import { addSeconds } from '../clock';
import { eachDue } from '../eachDue';
import { EnvironmentChanges } from '../environments/changes';
import { EnvironmentRecord } from '../environments/types';
import { LeaseService } from '../leases/service';
import { RecurringWork } from '../loop';
import { OperationStore } from '../operations/store/operations';
import { OperationSubmitter } from '../operations/submission/submit';
import { Setbacks } from '../setbacks';
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

/**
 * How often those are looked for that another configuration resolved: while backends are replaced
 * one by one, those that are still there go by theirs.
 */
const OUTDATED_SECONDS = 300;

const REASONS = {
  sleep: 'Its schedule lets it sleep now',
  wake: 'Its schedule wakes it now',
  alone: 'Nothing lets it sleep any more',
};

/** A transition, with why it is to be made. */
interface Wanted extends Transition {
  rule: string;
  reason: string;
}

/** Lets environments sleep and wake when their schedules say so. */
export class ScheduleSweep implements RecurringWork {
  readonly name = 'The schedule sweep';
  readonly intervalMs = 1000;
  readonly #settingsDigest: string;
  readonly #setbacks: Setbacks;
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
    this.#setbacks = new Setbacks(
      'Could not follow the schedule of environment',
      options.logger,
    );
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
    return eachDue(now, {
      knex,
      setbacks: this.#setbacks,
      lockDue: (tx, query) => store.lockDue(tx, now, query),
      environmentOf: ({ environmentId }) => environmentId,
      act: (tx, record) => this.#look(tx, record, now),
      // Something may be told though nothing is submitted.
      onBatch: onSubmitted,
    });
  }

  /** @returns the operation by which it falls asleep or wakes */
  async #look(
    tx: Knex.Transaction,
    record: ScheduleRecord,
    now: Date,
  ): Promise<string | undefined> {
    const { environments, blueprints, settings, store } = this.options;
    const environment = await environments.get(tx, record.environmentId);
    if (environment.state === 'destroyed') {
      await store.remove(tx, environment.id);
      return undefined;
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
    const wanted = this.#wanted(record, resolved, now);
    const operationId =
      wanted && (await this.#follow(tx, environment, record, wanted));
    // Kept over a wake that is left: once its lease is extended, it wakes.
    const asleepBy =
      wanted?.kind === 'sleep' && operationId ? operationId : record.asleepBy;
    await this.#write(tx, { ...record, resolved, asleepBy }, now);
    return operationId;
  }

  /** What is to be done about what nobody has looked at yet. */
  #wanted(
    record: ScheduleRecord,
    resolved: ResolvedSchedule | undefined,
    now: Date,
  ): Wanted | undefined {
    const { asleepBy, isNew, lookedAt } = record;
    if (!resolved) {
      const rule = record.resolved?.rule ?? 'schedule.none';
      return asleepBy === undefined
        ? undefined
        : { kind: 'wake', at: now, rule, reason: REASONS.alone };
    }
    const { schedule, rule } = resolved;
    const holidays = holidaysOf(schedule, this.options.settings);
    const since = (from: Date) => lastTransition(schedule, from, now, holidays);
    const isSame =
      isNew || isDeepStrictEqual(record.resolved?.schedule, schedule);
    // Nobody was told of the sleep of another one before.
    const missed = isSame ? since(lookedAt) : undefined;
    if (missed) return { ...missed, rule, reason: REASONS[missed.kind] };
    // What fell asleep for another reason than its schedule stays so while that wants it to.
    const last = asleepBy === undefined ? undefined : since(new Date(0));
    return last?.kind === 'wake'
      ? { ...last, rule, reason: REASONS.wake }
      : undefined;
  }

  /** @returns the operation by which it falls asleep or wakes */
  async #follow(
    tx: Knex.Transaction,
    environment: EnvironmentRecord,
    record: ScheduleRecord,
    { kind, at, rule, reason }: Wanted,
  ): Promise<string | undefined> {
    const { leases, submitter } = this.options;
    const decision = await this.#decide(tx, environment, record, kind);
    if (decision.move === 'leave') return undefined;
    const missed =
      decision.move === 'miss' ? `, and can't: ${decision.reason}` : '';
    const cause: OperationCause = {
      code: `schedule.${kind}`,
      message: `${reason}${missed}.`,
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
    kind: Transition['kind'],
  ): Promise<SleepDecision> {
    const { environments, operations, leases } = this.options;
    const components = await environments.components(tx, id);
    const { stage } = await leases.get(tx, id);
    const latest = asleepBy
      ? await operations.latestId(tx, id, ['pause', 'resume'])
      : undefined;
    return decideSleep(
      { kind },
      {
        state,
        pausable: components.some(({ pausable }) => pausable),
        asleepByItself: asleepBy !== undefined && latest === asleepBy,
        inGrace: stage === 'grace',
      },
    );
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
