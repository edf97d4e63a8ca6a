import { Knex } from 'knex';
import {
  ListOperationsQuery,
  OperationCause,
  OperationKind,
  OperationState,
  OperationSummary,
  PlanSummary,
  Problem,
} from '@greenroom/plugin-environments-common';
import { z } from 'zod';
import { Caller, Visible } from '../../environments/access';
import { applyVisible, scopeSql } from '../../environments/visible';
import { isForReal } from '../givesWay';
import { toOperationSummary } from './summary';

/** Where a page ended: its last row, with the time to the microsecond. */
export const operationCursorSchema = z.object({
  requestedAt: z.iso.datetime(),
  id: z.uuid(),
});
export type OperationCursor = z.infer<typeof operationCursorSchema>;

export interface OperationListRequest extends Omit<
  ListOperationsQuery,
  'cursor' | 'limit'
> {
  caller: Caller;
  visible: Visible;
}

interface ListedRow {
  id: string;
  environment_id: string;
  environment_name: string;
  owner_ref: string;
  number: number;
  kind: OperationKind;
  dry_run: boolean;
  state: OperationState;
  requested_by: string;
  requested_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  cause: OperationCause;
  problem: Problem | null;
  cancel_requested_by: string | null;
  cancel_requested_at: Date | null;
  cancel_reason: string | null;
  plan: PlanSummary | null;
  /** Of the cursor. */
  key: string;
}

const PLAN_SUM = `
  SELECT jsonb_build_object(
    'add', sum((s.plan->'summary'->>'add')::int),
    'change', sum((s.plan->'summary'->>'change')::int),
    'remove', sum((s.plan->'summary'->>'remove')::int)
  ) AS plan
  FROM operation_steps s
  WHERE s.operation_id = page.id AND s.plan IS NOT NULL
  HAVING count(*) > 0`;

/**
 * Operations over all environments that the caller may see, newest first. A page is one query, in
 * the order of an index, however many rows it has; a plan is summed up for the rows of the page alone.
 */
export class OperationList {
  constructor(private readonly knex: Knex) {}

  async page(
    request: OperationListRequest & { limit: number; cursor?: OperationCursor },
  ): Promise<{ item: OperationSummary; cursor: OperationCursor }[]> {
    const { cursor, limit } = request;
    const page = this.#filtered(request)
      .select(
        'o.*',
        'e.name as environment_name',
        this.knex.raw(
          `to_char(o.requested_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS key`,
        ),
      )
      .orderBy([
        { column: 'o.requested_at', order: 'desc' },
        { column: 'o.id', order: 'desc' },
      ])
      .limit(limit);
    if (cursor) {
      page.whereRaw('(o.requested_at, o.id) < (?::timestamptz, ?::uuid)', [
        cursor.requestedAt,
        cursor.id,
      ]);
    }
    const rows: ListedRow[] = await this.knex
      .from(page.as('page'))
      .joinRaw(`LEFT JOIN LATERAL (${PLAN_SUM}) AS sums ON true`)
      .select('page.*', 'sums.plan')
      .orderBy([
        { column: 'page.requested_at', order: 'desc' },
        { column: 'page.id', order: 'desc' },
      ]);
    return rows.map(row => ({
      item: toItem(row),
      cursor: { requestedAt: row.key, id: row.id },
    }));
  }

  async total(request: OperationListRequest): Promise<number> {
    const row = await this.#filtered(request).count({ count: '*' }).first();
    return Number(row?.count);
  }

  #filtered(request: OperationListRequest): Knex.QueryBuilder {
    const { caller, scope, search, environmentId, kind, state, owner } =
      request;
    const query = this.knex('operations as o')
      .join('environments as e', 'e.id', 'o.environment_id')
      .where('e.trial', false);
    applyVisible(query, request.visible);
    if (scope) {
      const { text, bindings } = scopeSql(caller, scope);
      query.whereRaw(text, bindings);
    }
    // In the story of one environment a check has its place; over all of them there are too many.
    if (environmentId) query.where('o.environment_id', environmentId);
    else query.whereRaw(isForReal('o'));
    if (kind) query.whereIn('o.kind', kind);
    if (state) query.whereIn('o.state', state);
    if (owner) query.whereIn('o.owner_ref', owner);
    if (search) {
      query.whereRaw('strpos(e.name, ?) > 0', [search.trim().toLowerCase()]);
    }
    return query;
  }
}

function toItem(row: ListedRow): OperationSummary {
  return toOperationSummary(
    {
      id: row.id,
      environmentId: row.environment_id,
      owner: row.owner_ref,
      number: row.number,
      kind: row.kind,
      dryRun: row.dry_run,
      state: row.state,
      requestedBy: row.requested_by,
      requestedAt: row.requested_at,
      startedAt: row.started_at ?? undefined,
      finishedAt: row.finished_at ?? undefined,
      cause: row.cause,
      problem: row.problem ?? undefined,
      cancel:
        row.cancel_requested_at && row.cancel_requested_by
          ? {
              by: row.cancel_requested_by,
              at: row.cancel_requested_at,
              reason: row.cancel_reason ?? undefined,
            }
          : undefined,
    },
    { environmentName: row.environment_name, plan: row.plan ?? undefined },
  );
}
