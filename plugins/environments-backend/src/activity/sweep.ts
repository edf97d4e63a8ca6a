import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  BlueprintIdle,
  blueprintIdle,
  LeaseRules,
} from '@greenroom/plugin-environments-common';
import { BlueprintService } from '../blueprints/service';
import { addSeconds } from '../clock';
import { eachDue } from '../eachDue';
import { EnvironmentChanges } from '../environments/changes';
import { EnvironmentRecord } from '../environments/types';
import { LeaseService } from '../leases/service';
import { RecurringWork } from '../loop';
import { OperationSubmitter } from '../operations/submission/submit';
import { Setbacks } from '../setbacks';
import { ACTIVITY_ACTOR, activityEntry, Evidence, idleEntry } from './entries';
import { ActivityFacts } from './facts';
import { ProbeStore } from './probes/store';
import {
  decideBump,
  decideIdle,
  heedFrom,
  IdleDecision,
  IdleEnding,
  IdleFacts,
  quietSince,
  stands,
} from './rule';
import { ActivityRecord, ActivityStore } from './store';

/** What stands in the way may have gone by then: a hold, a protection, a failure. */
const LOOK_AGAIN_SECONDS = 600;

/** Away for longer, the portal can't know what was used meanwhile. */
const LISTENING: { everySeconds: number; gapSeconds: number } = {
  everySeconds: 30,
  gapSeconds: 300,
};

/** Has what nobody uses paused or ended, and what is used live on. */
export class ActivitySweep implements RecurringWork {
  readonly name = 'The activity sweep';
  readonly intervalMs = 1000;
  readonly #setbacks: Setbacks;

  constructor(
    private readonly options: {
      knex: Knex;
      store: ActivityStore;
      probes: ProbeStore;
      facts: ActivityFacts;
      environments: Pick<EnvironmentChanges, 'get' | 'tell'>;
      blueprints: Pick<BlueprintService, 'getById'>;
      leases: LeaseService;
      submitter: OperationSubmitter;
      logger: LoggerService;
      /** After commit. */
      onSubmitted: (operationIds: string[]) => Promise<void>;
    },
  ) {
    this.#setbacks = new Setbacks(
      'Could not look at the use of',
      options.logger,
    );
  }

  /**
   * Looks at every environment that is due and free.
   *
   * @returns how many are paused
   */
  async tick(now: Date): Promise<number> {
    const { knex, store, onSubmitted } = this.options;
    await store.listen(knex, now, LISTENING);
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

  /** @returns the pause that follows */
  async #look(
    tx: Knex.Transaction,
    record: ActivityRecord,
    now: Date,
  ): Promise<string | undefined> {
    const { store, probes, environments, blueprints, leases } = this.options;
    const { environmentId, since } = record;
    const environment = await environments.get(tx, environmentId);
    if (environment.state === 'destroyed') {
      await store.remove(tx, environmentId);
      return undefined;
    }
    const { name, document } = await blueprints.getById(
      environment.blueprintVersionId,
      tx,
    );
    const idle = blueprintIdle(document);
    // Nobody is asked about what is off, and then it is no news that nothing is heard.
    const asked = environment.state === 'paused' ? [] : (idle?.probes ?? []);
    await probes.keep(tx, environmentId, asked, now);
    if (!idle) {
      await store.update(tx, { environmentId, since });
      return undefined;
    }
    const { type, owner } = environment;
    const subject = { type, owner, blueprint: name };
    const { rules } = leases.terms(document, subject);
    const ending = await this.#heed(
      tx,
      environment,
      { ...record, idle },
      rules,
      now,
    );
    return this.#judge(tx, environment, { ...record, idle, ending }, now);
  }

  /**
   * What follows from use for the end of the lease.
   *
   * @returns the end that came of idleness, where it stands still
   */
  async #heed(
    tx: Knex.Transaction,
    environment: EnvironmentRecord,
    record: ActivityRecord & { idle: BlueprintIdle },
    rules: LeaseRules,
    now: Date,
  ): Promise<IdleEnding | undefined> {
    const { facts: gather, leases, environments } = this.options;
    const { ending } = record;
    const { facts, evidence, last } = await gather.of(tx, environment, record);
    const bump = decideBump({ ...facts, ending, rules }, now);
    if (!bump) {
      return ending && stands(ending, facts.lease) ? ending : undefined;
    }
    const seen = bump.rule === 'idle.bump' ? evidence.signals[0] : last;
    await leases.record(tx, environment.id, [activityEntry(bump, seen)]);
    await environments.tell(tx, environment.id);
    return undefined;
  }

  /** What follows from its being idle, and when to look next. */
  async #judge(
    tx: Knex.Transaction,
    environment: EnvironmentRecord,
    record: ActivityRecord & { idle: BlueprintIdle },
    now: Date,
  ): Promise<string | undefined> {
    const { store, facts: gather } = this.options;
    const { facts, evidence } = await gather.of(tx, environment, record);
    const decision: IdleDecision = record.ending
      ? { move: 'stay', why: 'its lease ends, since nobody uses it' }
      : decideIdle(facts, now);
    const ending =
      decision.move === 'end'
        ? await this.#end(tx, environment, decision, facts, evidence)
        : record.ending;
    const lease = await this.options.leases.get(tx, environment.id);
    await store.update(tx, {
      ...record,
      ending,
      nextAt: nextLook(decision, now),
      heedFrom: heedFrom({ ...facts, lease }, ending),
    });
    return decision.move === 'pause'
      ? this.#pause(tx, environment, decision, facts, evidence)
      : undefined;
  }

  async #end(
    tx: Knex.Transaction,
    { id }: EnvironmentRecord,
    decision: Extract<IdleDecision, { move: 'end' }>,
    facts: IdleFacts,
    evidence: Evidence,
  ): Promise<IdleEnding> {
    const { leases, environments } = this.options;
    const { expiresAt, reason } = facts.lease;
    await leases.record(tx, id, [idleEntry(decision, facts, evidence)]);
    await environments.tell(tx, id);
    return {
      quietSince: quietSince(facts),
      expiresAt: decision.endsAt,
      before: { expiresAt, reason },
    };
  }

  async #pause(
    tx: Knex.Transaction,
    { id }: EnvironmentRecord,
    decision: Extract<IdleDecision, { move: 'pause' }>,
    facts: IdleFacts,
    evidence: Evidence,
  ): Promise<string> {
    const { leases, submitter } = this.options;
    const entry = idleEntry(decision, facts, evidence);
    await leases.record(tx, id, [entry]);
    const { operationId } = await submitter.submit(tx, {
      environmentId: id,
      kind: 'pause',
      requestedBy: ACTIVITY_ACTOR,
      cause: {
        code: 'idle.after',
        message: `Nobody has used it since ${quietSince(facts).toISOString()}.`,
      },
    });
    return operationId;
  }
}

function nextLook(decision: IdleDecision, now: Date): Date | undefined {
  if (decision.move === 'none') return undefined;
  return decision.move === 'wait'
    ? decision.until
    : addSeconds(now, LOOK_AGAIN_SECONDS);
}
