import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError, toError } from '@backstage/errors';
import { AuditStore } from '../audit/store';
import { addSeconds } from '../clock';
import { isTransient } from '../database';
import { RecurringWork } from '../loop';
import { OperationOutcomes } from '../operations/api/outcomes';
import { decide, FleetDecision } from './decide';
import { progressOf } from './progress';
import { FleetStore } from './store';
import { FleetSubmission } from './submission';
import { FleetEnvironmentRecord, FleetUpgradeRecord } from './types';

export const FLEET_ACTOR = 'system:fleet';

/** Fleet upgrades that are taken at once; others leave them to this process for a while. */
const BATCH = 10;
/** Longer than any step takes: who dies in the midst leaves it to others then. */
const TAKEN_SECONDS = 60;
/** How late the end of an operation is seen at most. */
const FOLLOW_SECONDS = 2;
/** A window that doesn't open in the next weeks may do so later. */
const NO_OPENING_SECONDS = 24 * 3600;

/** A fleet upgrade after a step, with those for which an operation is to be asked. */
interface Stepped {
  upgrade: FleetUpgradeRecord;
  unasked: FleetEnvironmentRecord[];
}

/**
 * Takes fleet upgrades one step further: sees what has ended, decides what begins, and asks for it.
 *
 * What is decided is written under the lock of the fleet upgrade; only then operations are asked
 * for, each under a key of its own. Whoever dies in between leaves environments whose turn has come
 * and for which nothing is known to be asked: the next one asks again, under the same key.
 */
export class FleetSweep implements RecurringWork {
  readonly name = 'The sweep of fleet upgrades';
  /** The query of an idle sweep is one index look-up. */
  readonly intervalMs = 1000;

  constructor(
    private readonly options: {
      knex: Knex;
      store: FleetStore;
      outcomes: OperationOutcomes;
      submission: FleetSubmission;
      audit: AuditStore;
      logger: LoggerService;
    },
  ) {}

  /**
   * Sees to everything that is due at that moment.
   *
   * @returns how many fleet upgrades that were
   */
  async tick(now: Date, signal?: AbortSignal): Promise<number> {
    const { knex, store, logger } = this.options;
    let seen = 0;
    for (;;) {
      const due = await store.takeDue(knex, now, {
        limit: BATCH,
        until: addSeconds(now, TAKEN_SECONDS),
      });
      for (const id of due) {
        if (signal?.aborted) return seen;
        try {
          await this.#see(id, now);
        } catch (error) {
          if (isTransient(error)) throw error;
          // Looked at again in a minute; the others must not wait for it.
          logger.error(
            `Could not see to fleet upgrade ${id}`,
            isError(error) ? toError(error) : undefined,
          );
        }
      }
      seen += due.length;
      if (due.length < BATCH) return seen;
    }
  }

  async #see(id: string, now: Date): Promise<void> {
    const { knex, submission } = this.options;
    const stepped = await knex.transaction(tx => this.#step(tx, id, now));
    if (stepped && stepped.unasked.length > 0) {
      await submission.submitEach(stepped.upgrade, stepped.unasked, now);
    }
  }

  async #step(
    tx: Knex.Transaction,
    id: string,
    now: Date,
  ): Promise<Stepped | undefined> {
    const { store } = this.options;
    const upgrade = await store.lock(tx, id);
    if (!upgrade) return undefined;
    await this.#follow(tx, upgrade, now);
    const counted = await store.counts(tx, id);
    const failed = counted.reduce((sum, wave) => sum + wave.counts.failed, 0);
    const failures = failed - upgrade.failuresForgiven;
    const decision = decide(now, {
      ...upgrade,
      failures,
      waves: counted.flatMap(({ wave, counts }) =>
        wave === undefined ? [] : { number: wave, counts },
      ),
    });
    await this.#apply(tx, { ...upgrade, failures }, decision, now);
    const underWay = await store.underWay(tx, id);
    return {
      upgrade,
      unasked: underWay.filter(one => operationOf(one) === undefined),
    };
  }

  /** Writes down what the operations that have ended mean for their environments. */
  async #follow(
    tx: Knex.Transaction,
    { id, state }: FleetUpgradeRecord,
    now: Date,
  ): Promise<void> {
    const { store, outcomes } = this.options;
    const underWay = await store.underWay(tx, id);
    const ids = underWay.map(operationOf).filter(one => one !== undefined);
    const found = await outcomes.of(tx, ids);
    for (const one of underWay) {
      const outcome = found.get(operationOf(one) ?? '');
      if (!outcome) continue;
      const progress = progressOf(
        one.state === 'checking' ? 'checking' : 'upgrading',
        outcome,
        state,
      );
      if (progress) await store.progress(tx, id, one, progress, now);
    }
  }

  async #apply(
    tx: Knex.Transaction,
    upgrade: FleetUpgradeRecord & { failures: number },
    decision: FleetDecision,
    now: Date,
  ): Promise<void> {
    const { store } = this.options;
    const { id, mandate, state } = upgrade;
    const soon = addSeconds(now, FOLLOW_SECONDS);
    switch (decision.action) {
      case 'begin': {
        const { wave, most } = decision;
        await store.begin(tx, id, { wave, most, actor: mandate.actor });
        await store.update(tx, id, { lookAt: soon });
        return;
      }
      case 'follow':
        await store.update(tx, id, { lookAt: soon });
        return;
      case 'wait': {
        const { until = addSeconds(now, NO_OPENING_SECONDS) } = decision;
        await store.update(tx, id, { lookAt: until });
        return;
      }
      case 'stop':
        await this.#stop(tx, upgrade, now);
        return;
      case 'complete':
        await store.update(tx, id, {
          state: 'completed',
          lookAt: null,
          finishedAt: now,
        });
        await this.#audit(tx, id, 'fleet.upgrade.completed', now);
        return;
      case 'rest':
        await store.update(tx, id, {
          lookAt: null,
          finishedAt: state === 'aborted' ? now : undefined,
        });
        return;
      default:
        assertNever(decision);
    }
  }

  async #stop(
    tx: Knex.Transaction,
    upgrade: FleetUpgradeRecord & { failures: number },
    now: Date,
  ): Promise<void> {
    const { store } = this.options;
    const { id, failures, failureBudget } = upgrade;
    const message = `${failures} ${failures === 1 ? 'upgrade has' : 'upgrades have'} failed, and ${failureBudget} may.`;
    await store.update(tx, id, {
      state: 'stopped',
      because: { code: 'fleet.budget', message },
      lookAt: now,
    });
    await this.#audit(tx, id, 'fleet.upgrade.stopped', now, message);
  }

  async #audit(
    tx: Knex.Transaction,
    id: string,
    action: string,
    at: Date,
    reason?: string,
  ): Promise<void> {
    await this.options.audit.append(tx, {
      at,
      actor: FLEET_ACTOR,
      action,
      details: { fleetUpgrade: id, ...(reason && { reason }) },
    });
  }
}

/** What it waits for. */
function operationOf(one: FleetEnvironmentRecord): string | undefined {
  return one.state === 'checking' ? one.checkOperationId : one.operationId;
}

function assertNever(decision: never): never {
  throw new Error(`Unknown decision ${JSON.stringify(decision)}`);
}
