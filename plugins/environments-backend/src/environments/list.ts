import { Knex } from 'knex';
import { z } from 'zod';
import {
  EnvironmentCounts,
  EnvironmentSort,
  EnvironmentState,
  ListEnvironmentsQuery,
} from '@greenroom/plugin-environments-common';
import { addSeconds } from '../clock';
import { isForReal } from '../operations/givesWay';
import { ACTIVE_STATES } from '../operations/machine/lifecycle';
import { Caller, Visible } from './access';
import { COST_COLUMNS } from './cost';
import { applyLabels } from './labelled';
import { LEASE_COLUMNS, SummaryRow } from './summary';
import { applyVisible, scopeSql } from './visible';

/** Where a page ended: the sort key of its last row, as PostgreSQL writes it. */
export function pageCursorSchema(sort: EnvironmentSort, order: 'asc' | 'desc') {
  return z.object({
    sort: z.literal(sort),
    order: z.literal(order),
    rank: z.number().int(),
    key: z.string(),
    id: z.uuid(),
  });
}
export type PageCursor = z.infer<ReturnType<typeof pageCursorSchema>>;

export interface ListRequest extends Omit<ListEnvironmentsQuery, 'cursor'> {
  /** Those alone, though they be destroyed. */
  ids?: string[];
  caller: Caller;
  visible: Visible;
}

export interface PageRequest extends ListRequest {
  sort: EnvironmentSort;
  order: 'asc' | 'desc';
  limit: number;
  cursor?: PageCursor;
}

export type ListedRow = SummaryRow & { rank: number; key: string };

/**
 * What each order compares: first a rank, then a key, at last the id, so that no two rows are
 * alike. Least time left comes first; what never expires has no time left to show, and what has
 * ended none at all, so they come after it.
 */
const SORTS: Record<
  EnvironmentSort,
  { rank: string; key: string; type: string }
> = {
  timeLeft: {
    rank: 'CASE WHEN e.destroyed_at IS NOT NULL THEN 2 WHEN l.expires_at IS NULL THEN 1 ELSE 0 END',
    key: 'COALESCE(l.expires_at, e.created_at)',
    type: 'timestamptz',
  },
  name: { rank: '0', key: 'e.name COLLATE "C"', type: 'text' },
  createdAt: { rank: '0', key: 'e.created_at', type: 'timestamptz' },
};

/**
 * The lists of environments. The one place that reads the tables of several rooms together:
 * a page is one query, however many rows it has.
 */
export class EnvironmentList {
  constructor(private readonly knex: Knex) {}

  async page(request: PageRequest): Promise<ListedRow[]> {
    const { rank, key, type } = SORTS[request.sort];
    const query = this.#filtered(request)
      .select(this.#columns())
      .select(this.knex.raw(`${rank} AS rank, (${key})::text AS key`))
      .limit(request.limit)
      .orderByRaw(
        ['rank', key, 'e.id']
          .map(part => `${part} ${request.order === 'asc' ? 'ASC' : 'DESC'}`)
          .join(', '),
      );
    if (request.cursor) {
      const beyond = request.order === 'asc' ? '>' : '<';
      query.whereRaw(
        `(${rank}, ${key}, e.id) ${beyond} (?::int, ?::${type}, ?::uuid)`,
        [request.cursor.rank, request.cursor.key, request.cursor.id],
      );
    }
    return query;
  }

  async total(request: ListRequest): Promise<number> {
    const row = await this.#filtered(request).count({ count: '*' }).first();
    return Number(row?.count);
  }

  async one(id: string): Promise<SummaryRow | undefined> {
    return this.#base().where('e.id', id).select(this.#columns()).first();
  }

  async counts(
    caller: Caller,
    visible: Visible,
    now: Date,
  ): Promise<EnvironmentCounts> {
    const mine = scopeSql(caller, 'mine');
    const teams = scopeSql(caller, 'teams');
    const count = (
      name: string,
      condition: string,
      bindings: Knex.RawBinding[],
    ) =>
      this.knex.raw(
        `count(*) FILTER (WHERE ${condition})::int AS "${name}"`,
        bindings,
      );
    const query = this.#base().whereNull('e.destroyed_at');
    applyVisible(query, visible);
    const [counts] = await query.select([
      count('mine', mine.text, mine.bindings),
      count('teams', teams.text, teams.bindings),
      count('all', 'true', []),
      count(
        'failedInTeams',
        `${teams.text} AND e.state = 'failed'`,
        teams.bindings,
      ),
      count('endingTodayInTeams', `${teams.text} AND l.expires_at < ?`, [
        ...teams.bindings,
        addSeconds(now, 24 * 3600),
      ]),
    ]);
    return counts;
  }

  #filtered(request: ListRequest): Knex.QueryBuilder {
    const { caller, scope, search, state, blueprint, version, owner } = request;
    const query = this.#base();
    applyVisible(query, request.visible);
    if (scope) {
      const { text, bindings } = scopeSql(caller, scope);
      query.whereRaw(text, bindings);
    }
    if (request.ids) query.whereIn('e.id', request.ids);
    else if (state) query.whereIn('e.state', state as EnvironmentState[]);
    else query.whereNull('e.destroyed_at');
    if (blueprint) query.whereIn('v.blueprint_name', blueprint);
    if (version) query.whereIn('v.version', version);
    if (owner) query.whereIn('e.owner_ref', owner);
    applyLabels(query, request.label);
    if (search) {
      query.whereRaw(
        "strpos(lower(concat_ws(' ', e.name, e.owner_ref, b.title)), ?) > 0",
        [search.trim().toLowerCase()],
      );
    }
    return query;
  }

  #base(): Knex.QueryBuilder {
    const active = ACTIVE_STATES.map(state => `'${state}'`).join(', ');
    return this.knex('environments as e')
      .join('leases as l', 'l.environment_id', 'e.id')
      .join('blueprint_versions as v', 'v.id', 'e.blueprint_version_id')
      .join('blueprints as b', 'b.name', 'v.blueprint_name')
      .joinRaw(
        `LEFT JOIN operations o ON o.environment_id = e.id AND o.state IN (${active}) AND ${isForReal('o')}`,
      )
      .where('e.trial', false);
  }

  #columns() {
    return [
      'e.id',
      'e.name',
      'e.owner_ref',
      'e.blueprint_version_id',
      'e.created_by',
      'e.type',
      'e.labels',
      'e.state',
      'e.created_at',
      'e.destroyed_at',
      ...COST_COLUMNS,
      ...LEASE_COLUMNS,
      'b.name as blueprint_name',
      'b.title as blueprint_title',
      'b.entity_ref as blueprint_entity_ref',
      'v.version as blueprint_version',
      this.knex.raw(
        `CASE WHEN o.id IS NOT NULL THEN jsonb_build_object(
           'id', o.id, 'number', o.number, 'kind', o.kind, 'dryRun', o.dry_run,
           'state', o.state, 'owner', o.owner_ref, 'requestedBy', o.requested_by,
           'cause', o.cause, 'requestedAt', o.requested_at, 'startedAt', o.started_at,
           'cancelBy', o.cancel_requested_by, 'cancelAt', o.cancel_requested_at,
           'cancelReason', o.cancel_reason
         ) END AS active_operation`,
      ),
    ];
  }
}
