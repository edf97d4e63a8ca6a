import { Knex } from 'knex';
import {
  EnvironmentState,
  FleetCounts,
  FleetEnvironment,
  FleetEnvironmentState,
  FleetUpgradeState,
  FleetUpgradeSummary,
  ListFleetEnvironmentsQuery,
  ListFleetUpgradesQuery,
  Problem,
} from '@greenroom/plugin-environments-common';
import { z } from 'zod';
import { Visible } from '../environments/access';
import {
  LEASE_COLUMNS,
  ListedLeaseRow,
  toLease,
} from '../environments/summary';
import { applyVisible } from '../environments/visible';
import { noCounts } from './store';
import { Because } from './types';

/** Where a page of fleet upgrades ended: its last row, with the time to the microsecond. */
export const newestCursorSchema = z.object({
  requestedAt: z.iso.datetime(),
  id: z.uuid(),
});
export type NewestCursor = z.infer<typeof newestCursorSchema>;

/** Where a page of environments ended. */
export const turnCursorSchema = z.object({ position: z.number().int() });
export type TurnCursor = z.infer<typeof turnCursorSchema>;

interface UpgradeRow {
  id: string;
  blueprint_name: string;
  blueprint_title: string;
  to_version: string;
  state: FleetUpgradeState;
  because: Because | null;
  reason: string;
  requested_by: string;
  requested_at: Date;
  finished_at: Date | null;
  counts: Partial<FleetCounts> | null;
  /** Of the cursor. */
  key: string;
}

interface EnvironmentRow extends ListedLeaseRow {
  environment_id: string;
  position: number;
  name: string;
  owner_ref: string;
  from_version: string;
  state: FleetEnvironmentState;
  wave: number | null;
  operation: FleetEnvironment['operation'] | null;
  problem: Problem | null;
  ended_at: Date | null;
  environment_state: EnvironmentState;
  destroyed_at: Date | null;
}

const COUNTS = `
  SELECT jsonb_object_agg(state, count) AS counts
  FROM (
    SELECT state, count(*) FROM fleet_environments
    WHERE fleet_upgrade_id = f.id GROUP BY state
  ) AS each`;

type UpgradeFilters = Pick<ListFleetUpgradesQuery, 'blueprint' | 'state'>;
type EnvironmentFilters = Pick<ListFleetEnvironmentsQuery, 'state' | 'wave'> & {
  visible: Visible;
};

/** What pages show of fleet upgrades, with what other rooms know of their environments. A page is one query. */
export class FleetList {
  constructor(private readonly knex: Knex) {}

  async page(
    request: UpgradeFilters & { limit: number; cursor?: NewestCursor },
  ): Promise<{ item: FleetUpgradeSummary; cursor: NewestCursor }[]> {
    const { cursor, limit } = request;
    const query = this.#rows(this.#upgrades(request))
      .orderBy([
        { column: 'f.requested_at', order: 'desc' },
        { column: 'f.id', order: 'desc' },
      ])
      .limit(limit);
    if (cursor) {
      query.whereRaw('(f.requested_at, f.id) < (?::timestamptz, ?::uuid)', [
        cursor.requestedAt,
        cursor.id,
      ]);
    }
    const rows: UpgradeRow[] = await query;
    return rows.map(row => ({
      item: toSummary(row),
      cursor: { requestedAt: row.key, id: row.id },
    }));
  }

  async total(request: UpgradeFilters): Promise<number> {
    return count(this.#upgrades(request));
  }

  async one(id: string): Promise<FleetUpgradeSummary> {
    const query = this.#rows(this.#upgrades({})).where('f.id', id);
    return toSummary(await query.first());
  }

  async environments(
    id: string,
    request: EnvironmentFilters & { limit: number; cursor?: TurnCursor },
  ): Promise<{ item: FleetEnvironment; cursor: TurnCursor }[]> {
    const { cursor, limit } = request;
    const query = this.#environments(id, request)
      .joinRaw(
        'LEFT JOIN operations o ON o.id = COALESCE(f.operation_id, f.check_operation_id)',
      )
      .join('blueprint_versions as v', 'v.id', 'f.from_version_id')
      .join('leases as l', 'l.environment_id', 'e.id')
      .select(
        'f.environment_id',
        'f.position',
        'f.state',
        'f.wave',
        'f.problem',
        'f.ended_at',
        'e.name',
        'e.owner_ref',
        'e.state as environment_state',
        'e.destroyed_at',
        ...LEASE_COLUMNS,
        'v.version as from_version',
        this.knex.raw(
          `CASE WHEN o.id IS NOT NULL THEN jsonb_build_object(
             'id', o.id, 'number', o.number, 'dryRun', o.dry_run
           ) END AS operation`,
        ),
      )
      .orderBy('f.position')
      .limit(limit);
    if (cursor) query.where('f.position', '>', cursor.position);
    const rows: EnvironmentRow[] = await query;
    return rows.map(row => ({
      item: toEnvironment(row),
      cursor: { position: row.position },
    }));
  }

  async environmentTotal(
    id: string,
    request: EnvironmentFilters,
  ): Promise<number> {
    return count(this.#environments(id, request));
  }

  #upgrades({ blueprint, state }: UpgradeFilters): Knex.QueryBuilder {
    const query = this.knex('fleet_upgrades as f');
    if (blueprint) query.where('f.blueprint_name', blueprint);
    if (state) query.whereIn('f.state', state);
    return query;
  }

  #rows(query: Knex.QueryBuilder): Knex.QueryBuilder {
    return query
      .join('blueprints as b', 'b.name', 'f.blueprint_name')
      .joinRaw(`CROSS JOIN LATERAL (${COUNTS}) AS counted`)
      .select(
        'f.id',
        'f.blueprint_name',
        'b.title as blueprint_title',
        'f.to_version',
        'f.state',
        'f.because',
        'f.reason',
        'f.requested_by',
        'f.requested_at',
        'f.finished_at',
        'counted.counts',
        this.knex.raw(
          `to_char(f.requested_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS key`,
        ),
      );
  }

  #environments(
    id: string,
    { state, wave, visible }: EnvironmentFilters,
  ): Knex.QueryBuilder {
    const query = this.knex('fleet_environments as f')
      .join('environments as e', 'e.id', 'f.environment_id')
      .where('f.fleet_upgrade_id', id);
    applyVisible(query, visible);
    if (state) query.whereIn('f.state', state);
    if (wave !== undefined) query.where('f.wave', wave);
    return query;
  }
}

async function count(query: Knex.QueryBuilder): Promise<number> {
  const row = await query.count({ count: '*' }).first();
  return Number(row?.count);
}

function toSummary(row: UpgradeRow): FleetUpgradeSummary {
  return {
    id: row.id,
    blueprint: { name: row.blueprint_name, title: row.blueprint_title },
    to: row.to_version,
    state: row.state,
    because: row.because ?? undefined,
    reason: row.reason,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at.toISOString(),
    finishedAt: row.finished_at?.toISOString(),
    counts: { ...noCounts(), ...row.counts },
  };
}

function toEnvironment(row: EnvironmentRow): FleetEnvironment {
  return {
    environmentId: row.environment_id,
    name: row.name,
    owner: row.owner_ref,
    from: row.from_version,
    state: row.state,
    wave: row.wave ?? undefined,
    operation: row.operation ?? undefined,
    problem: row.problem ?? undefined,
    endedAt: row.ended_at?.toISOString(),
    environment: {
      state: row.environment_state,
      lease: toLease(row),
      destroyedAt: row.destroyed_at?.toISOString(),
    },
  };
}
