import { Knex } from 'knex';
import {
  FailedTeardown,
  ListOrphansQuery,
  Orphan,
  OrphanState,
  Problem,
} from '@greenroom/plugin-environments-common';
import { z } from 'zod';
import { Caller, Visible } from '../environments/access';
import { applyVisible, scopeSql } from '../environments/visible';
import { ACTIVE_STATES } from '../operations/machine/lifecycle';

/** Where a page ended: its last row, with the time to the microsecond. */
export const sinceCursorSchema = z.object({
  since: z.iso.datetime(),
  id: z.uuid(),
});
export type SinceCursor = z.infer<typeof sinceCursorSchema>;

export interface OrphanListRequest extends Omit<
  ListOrphansQuery,
  'cursor' | 'limit'
> {
  caller: Caller;
  visible: Visible;
}

export interface OrphanPageRequest extends OrphanListRequest {
  limit: number;
  cursor?: SinceCursor;
}

export interface Listed<T> {
  item: T;
  cursor: SinceCursor;
}

interface CommonRow {
  environment_id: string;
  environment_name: string;
  owner_ref: string;
  since: Date;
  attempts: number;
  last_problem: Problem;
  operation_id: string | null;
  next_attempt_at: Date | null;
  /** Of the cursor. */
  key: string;
}

interface OrphanRow extends CommonRow {
  id: string;
  component: string;
  driver: string;
  address: string;
  type: string;
  external_id: string | null;
  state: OrphanState;
  ended_at: Date | null;
  forgotten_by: string | null;
  forgotten_reason: string | null;
}

interface TeardownRow extends CommonRow {
  told_at: Date | null;
  orphans: number;
}

const IDLE = `NOT EXISTS (
  SELECT FROM operations a WHERE a.environment_id = e.id
  AND a.state IN (${ACTIVE_STATES.map(state => `'${state}'`).join(', ')}))`;

/** Teardowns that failed, and those whose environment the catalog still shows, as one table. */
const FAILING = `(
  SELECT environment_id, since, failures AS attempts, last_problem, operation_id,
    next_attempt_at, told_at
  FROM teardowns
  UNION ALL
  SELECT environment_id, since, looks, jsonb_build_object(
    'message', 'The environment is destroyed, and the catalog still shows it.'
  ), NULL, look_at, warned_at
  FROM catalog_proofs
  WHERE gone_at IS NULL AND warned_at IS NOT NULL
) AS f`;

export function keyOf(since: string): string {
  return `to_char(${since} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS key`;
}

/**
 * What could not be removed, and the teardowns that failed at it, as far as the caller may see the
 * environments. The longest first; a page is one query in the order of an index.
 */
export class OrphanList {
  constructor(private readonly knex: Knex) {}

  async orphans(request: OrphanPageRequest): Promise<Listed<Orphan>[]> {
    const query = this.#orphans(request)
      .leftJoin('teardowns as t', 't.environment_id', 'o.environment_id')
      .select(
        'o.*',
        'e.name as environment_name',
        'e.owner_ref',
        this.knex.raw(
          `CASE WHEN o.state = 'open' AND ${IDLE} THEN t.next_attempt_at END AS next_attempt_at`,
        ),
        this.knex.raw(keyOf('o.since')),
      );
    const rows: OrphanRow[] = await afterPlace(
      query,
      request,
      'o.since',
      'o.id',
    );
    return rows.map(row => ({
      item: toOrphan(row),
      cursor: { since: row.key, id: row.id },
    }));
  }

  async orphanTotal(request: OrphanListRequest): Promise<number> {
    return count(this.#orphans(request));
  }

  async teardowns(
    request: OrphanPageRequest,
  ): Promise<Listed<FailedTeardown>[]> {
    const query = this.#teardowns(request).select(
      'f.*',
      'e.name as environment_name',
      'e.owner_ref',
      this.knex.raw(
        `CASE WHEN ${IDLE} THEN f.next_attempt_at END AS next_attempt_at`,
      ),
      this.knex.raw(
        "(SELECT count(*)::int FROM orphans o WHERE o.environment_id = e.id AND o.state = 'open') AS orphans",
      ),
      this.knex.raw(keyOf('f.since')),
    );
    const rows: TeardownRow[] = await afterPlace(
      query,
      request,
      'f.since',
      'f.environment_id',
    );
    return rows.map(row => ({
      item: toTeardown(row),
      cursor: { since: row.key, id: row.environment_id },
    }));
  }

  async teardownTotal(request: OrphanListRequest): Promise<number> {
    return count(this.#teardowns(request));
  }

  #orphans(request: OrphanListRequest): Knex.QueryBuilder {
    const { state = ['open'], search } = request;
    const query = this.knex('orphans as o')
      .join('environments as e', 'e.id', 'o.environment_id')
      .whereIn('o.state', state);
    if (search) {
      query.whereRaw(
        "strpos(lower(concat_ws(' ', e.name, o.address, o.external_id)), ?) > 0",
        [search.trim().toLowerCase()],
      );
    }
    return narrow(query, request);
  }

  #teardowns(request: OrphanListRequest): Knex.QueryBuilder {
    const query = this.knex
      .from(this.knex.raw(FAILING))
      .join('environments as e', 'e.id', 'f.environment_id');
    if (request.search) {
      query.whereRaw('strpos(e.name, ?) > 0', [
        request.search.trim().toLowerCase(),
      ]);
    }
    return narrow(query, request);
  }
}

/** @param query in which `e` is the table of environments */
export function narrow(
  query: Knex.QueryBuilder,
  { visible, caller, scope, owner }: OrphanListRequest,
): Knex.QueryBuilder {
  applyVisible(query, visible);
  if (scope) {
    const { text, bindings } = scopeSql(caller, scope);
    query.whereRaw(text, bindings);
  }
  if (owner) query.whereIn('e.owner_ref', owner);
  return query;
}

export function afterPlace(
  query: Knex.QueryBuilder,
  { cursor, limit }: OrphanPageRequest,
  since: string,
  id: string,
): Knex.QueryBuilder {
  if (cursor) {
    query.whereRaw(`(${since}, ${id}) > (?::timestamptz, ?::uuid)`, [
      cursor.since,
      cursor.id,
    ]);
  }
  return query.orderBy([{ column: since }, { column: id }]).limit(limit);
}

async function count(query: Knex.QueryBuilder): Promise<number> {
  const row = await query.count({ count: '*' }).first();
  return Number(row?.count);
}

function toOrphan(row: OrphanRow): Orphan {
  return {
    id: row.id,
    component: row.component,
    driver: row.driver,
    address: row.address,
    type: row.type,
    externalId: row.external_id ?? undefined,
    state: row.state,
    ...toCommon(row),
    endedAt: row.ended_at?.toISOString(),
    forgotten:
      row.forgotten_by !== null && row.forgotten_reason !== null
        ? { by: row.forgotten_by, reason: row.forgotten_reason }
        : undefined,
  };
}

function toTeardown(row: TeardownRow): FailedTeardown {
  return {
    ...toCommon(row),
    escalatedAt: row.told_at?.toISOString(),
    orphans: row.orphans,
  };
}

function toCommon(row: CommonRow) {
  return {
    environmentId: row.environment_id,
    environmentName: row.environment_name,
    owner: row.owner_ref,
    since: row.since.toISOString(),
    attempts: row.attempts,
    lastError: row.last_problem.message,
    operationId: row.operation_id ?? undefined,
    nextAttemptAt: row.next_attempt_at?.toISOString(),
  };
}
