import { Knex } from 'knex';
import {
  FLEET_ENVIRONMENT_STATES,
  FleetCounts,
  FleetEnvironmentState,
  FleetUpgradeState,
} from '@greenroom/plugin-environments-common';
import { Transaction } from '../database';
import { Progress } from './progress';
import {
  FleetEnvironmentRow,
  FleetUpgradeRow,
  toEnvironmentRecord,
  toUpgradeRecord,
} from './rows';
import { Mandate } from './mandate';
import { FleetEnvironmentRecord, FleetUpgradeRecord } from './types';

/** States after which nothing more happens to an environment of a fleet upgrade. */
const ENDED: FleetEnvironmentState[] = [
  'succeeded',
  'failed',
  'set-aside',
  'left',
];

/** What is counted of a fleet upgrade; the wave is absent for those that are in none. */
export interface FleetCount {
  wave?: number;
  counts: FleetCounts;
}

/** Fleet upgrades and their environments. What pages show is read in `list.ts`. */
export class FleetStore {
  async insert(
    tx: Knex.Transaction,
    upgrade: FleetUpgradeRecord & { idempotencyKey?: string; lookAt: Date },
    environments: FleetEnvironmentRecord[],
  ): Promise<void> {
    await tx('fleet_upgrades').insert({
      id: upgrade.id,
      blueprint_name: upgrade.blueprint,
      to_version: upgrade.toVersion,
      selection: JSON.stringify(upgrade.selection),
      sort_order: upgrade.order,
      concurrency: upgrade.concurrency,
      failure_budget: upgrade.failureBudget,
      failures_forgiven: upgrade.failuresForgiven,
      windows: JSON.stringify(upgrade.windows),
      inputs: JSON.stringify(upgrade.inputs),
      state: upgrade.state,
      reason: upgrade.reason,
      requested_by: upgrade.requestedBy,
      requested_at: upgrade.requestedAt,
      idempotency_key: upgrade.idempotencyKey,
      request_digest: upgrade.requestDigest,
      mandate: JSON.stringify(upgrade.mandate),
      look_at: upgrade.lookAt,
    });
    await tx.batchInsert(
      'fleet_environments',
      environments.map(one => ({
        fleet_upgrade_id: upgrade.id,
        environment_id: one.environmentId,
        position: one.position,
        wave: one.wave ?? null,
        state: one.state,
        inputs: JSON.stringify(one.inputs),
        from_version_id: one.fromVersionId,
        seen_operation: one.seenOperation,
        attempt: one.attempt,
        problem: one.problem ? JSON.stringify(one.problem) : null,
        ended_at: ENDED.includes(one.state) ? upgrade.requestedAt : null,
      })),
    );
  }

  async find(
    tx: Transaction,
    id: string,
  ): Promise<FleetUpgradeRecord | undefined> {
    const row = await tx<FleetUpgradeRow>('fleet_upgrades')
      .where({ id })
      .first();
    return row && toUpgradeRecord(row);
  }

  async byIdempotencyKey(
    tx: Transaction,
    requestedBy: string,
    key: string,
  ): Promise<FleetUpgradeRecord | undefined> {
    const row = await tx<FleetUpgradeRow>('fleet_upgrades')
      .where({ requested_by: requestedBy, idempotency_key: key })
      .first();
    return row && toUpgradeRecord(row);
  }

  /** One that nobody else moves until the transaction ends. */
  async lock(
    tx: Knex.Transaction,
    id: string,
  ): Promise<FleetUpgradeRecord | undefined> {
    const row = await tx<FleetUpgradeRow>('fleet_upgrades')
      .where({ id })
      .forUpdate()
      .first();
    return row && toUpgradeRecord(row);
  }

  /**
   * Those that somebody is to see to, the longest due first. Others leave them alone until then, so
   * that each is seen to by one at a time; who dies in the midst leaves it to others.
   */
  async takeDue(
    tx: Transaction,
    now: Date,
    options: { limit: number; until: Date },
  ): Promise<string[]> {
    const due = tx('fleet_upgrades')
      .where('look_at', '<=', now)
      .orderBy('look_at')
      .limit(options.limit)
      .select('id')
      .forUpdate()
      .skipLocked();
    const rows: { id: string }[] = await tx('fleet_upgrades')
      .whereIn('id', due)
      .update({ look_at: options.until })
      .returning('id');
    return rows.map(({ id }) => id);
  }

  /** @param change `null`: nobody needs to look at it any more */
  async update(
    tx: Transaction,
    id: string,
    change: {
      state?: FleetUpgradeState;
      because?: FleetUpgradeRecord['because'] | null;
      lookAt?: Date | null;
      finishedAt?: Date;
      failuresForgiven?: number;
      mandate?: Mandate;
    },
  ): Promise<void> {
    const { because, mandate } = change;
    await tx('fleet_upgrades')
      .where({ id })
      .update({
        state: change.state,
        because: because ? JSON.stringify(because) : because,
        look_at: change.lookAt,
        finished_at: change.finishedAt,
        failures_forgiven: change.failuresForgiven,
        mandate: mandate && JSON.stringify(mandate),
      });
  }

  /** By wave, in their order; those that are in none come first. */
  async counts(tx: Transaction, id: string): Promise<FleetCount[]> {
    const rows: {
      wave: number | null;
      state: FleetEnvironmentState;
      count: string;
    }[] = await tx('fleet_environments')
      .where({ fleet_upgrade_id: id })
      .groupBy('wave', 'state')
      .orderByRaw('wave NULLS FIRST')
      .select('wave', 'state')
      .count('* as count');
    const waves = new Map<number | null, FleetCounts>();
    for (const { wave, state, count } of rows) {
      const counts = waves.get(wave) ?? noCounts();
      counts[state] = Number(count);
      waves.set(wave, counts);
    }
    return [...waves].map(([wave, counts]) => ({
      wave: wave ?? undefined,
      counts,
    }));
  }

  async underWay(
    tx: Transaction,
    id: string,
  ): Promise<FleetEnvironmentRecord[]> {
    const rows = await tx<FleetEnvironmentRow>('fleet_environments')
      .where({ fleet_upgrade_id: id })
      .whereIn('state', ['checking', 'upgrading'])
      .orderBy('position');
    return rows.map(toEnvironmentRecord);
  }

  /** The turn of the next ones of a wave has come. */
  async begin(
    tx: Knex.Transaction,
    id: string,
    turn: { wave: number; most: number; actor: string },
  ): Promise<void> {
    const next = tx('fleet_environments')
      .where({ fleet_upgrade_id: id, state: 'waiting', wave: turn.wave })
      .orderBy('position')
      .limit(turn.most)
      .select('environment_id');
    await tx('fleet_environments')
      .where({ fleet_upgrade_id: id })
      .whereIn('environment_id', next)
      .update({
        state: 'checking',
        attempt: tx.raw('attempt + 1'),
        actor: turn.actor,
        check_operation_id: null,
      });
  }

  /** Nothing happens when it is not in that state of that attempt any more: somebody was faster. */
  async progress(
    tx: Transaction,
    id: string,
    one: Pick<FleetEnvironmentRecord, 'environmentId' | 'state' | 'attempt'>,
    { state, problem }: Progress,
    at: Date,
  ): Promise<void> {
    await this.#as(tx, id, one).update({
      state,
      problem: problem ? JSON.stringify(problem) : null,
      ended_at: ENDED.includes(state) ? at : null,
    });
  }

  /** What it waits for now, as its state says: the check or the upgrade. */
  async noteOperation(
    tx: Transaction,
    id: string,
    one: Pick<FleetEnvironmentRecord, 'environmentId' | 'state' | 'attempt'>,
    operationId: string,
  ): Promise<void> {
    await this.#as(tx, id, one).update(
      one.state === 'checking'
        ? { check_operation_id: operationId }
        : { operation_id: operationId },
    );
  }

  /** Those whose turn has not come never get one. */
  async leaveWaiting(tx: Knex.Transaction, id: string, at: Date) {
    await tx('fleet_environments')
      .where({ fleet_upgrade_id: id, state: 'waiting' })
      .update({ state: 'left', ended_at: at });
  }

  #as(
    tx: Transaction,
    id: string,
    {
      environmentId,
      state,
      attempt,
    }: Pick<FleetEnvironmentRecord, 'environmentId' | 'state' | 'attempt'>,
  ) {
    return tx('fleet_environments').where({
      fleet_upgrade_id: id,
      environment_id: environmentId,
      state,
      attempt,
    });
  }
}

export function noCounts(): FleetCounts {
  const none = FLEET_ENVIRONMENT_STATES.map(state => [state, 0]);
  return Object.fromEntries(none) as FleetCounts;
}
