import { Knex } from 'knex';
import { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  EnvironmentCounts,
  EnvironmentScope,
  EnvironmentSort,
  EnvironmentState,
  ListEnvironmentsQuery,
} from '@greenroom/plugin-environments-common';
import { EnvironmentPermissionFilter } from '@greenroom/plugin-environments-node';
import { addSeconds } from '../clock';
import { ACTIVE_STATES } from '../operations/lifecycle';
import { Caller, Visible } from './access';
import { PageCursor } from './cursor';
import { SummaryRow } from './summary';

export interface ListRequest extends Omit<ListEnvironmentsQuery, 'cursor'> {
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
    const mine = sqlOf(scopeSql(caller, 'mine'));
    const teams = sqlOf(scopeSql(caller, 'teams'));
    const count = (name: string, condition: string, bindings: unknown[]) =>
      this.knex.raw(
        `count(*) FILTER (WHERE ${condition})::int AS "${name}"`,
        bindings as Knex.RawBinding[],
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
    const { caller, scope, search, state, blueprint, owner } = request;
    const query = this.#base();
    applyVisible(query, request.visible);
    if (scope) {
      const { text, bindings } = sqlOf(scopeSql(caller, scope));
      query.whereRaw(text, bindings as Knex.RawBinding[]);
    }
    if (state) query.whereIn('e.state', state as EnvironmentState[]);
    else query.whereNull('e.destroyed_at');
    if (blueprint) query.whereIn('v.blueprint_name', blueprint);
    if (owner) query.whereIn('e.owner_ref', owner);
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
        `LEFT JOIN operations o ON o.environment_id = e.id AND o.state IN (${active})`,
      );
  }

  #columns() {
    return [
      'e.id',
      'e.name',
      'e.owner_ref',
      'e.created_by',
      'e.type',
      'e.state',
      'e.created_at',
      'e.destroyed_at',
      'l.granted_at',
      'l.expires_at',
      'l.max_expires_at',
      'l.last_warning_at',
      'l.reason as lease_reason',
      'b.name as blueprint_name',
      'b.title as blueprint_title',
      'b.entity_ref as blueprint_entity_ref',
      'v.version as blueprint_version',
      this.knex.raw(
        `CASE WHEN o.id IS NOT NULL THEN jsonb_build_object(
           'id', o.id, 'number', o.number, 'kind', o.kind, 'state', o.state,
           'requestedBy', o.requested_by, 'cause', o.cause,
           'requestedAt', o.requested_at, 'startedAt', o.started_at
         ) END AS active_operation`,
      ),
    ];
  }
}

interface SqlPart {
  text: string;
  bindings: unknown[];
}

function scopeSql(
  caller: Caller,
  scope: EnvironmentScope,
): SqlPart | undefined {
  switch (scope) {
    case 'mine':
      return {
        text: '(e.owner_ref = ? OR e.created_by = ?)',
        bindings: [caller.actor, caller.actor],
      };
    case 'teams':
      return (
        caller.ownershipRefs && {
          text: 'e.owner_ref = ANY(?)',
          bindings: [caller.ownershipRefs],
        }
      );
    case 'all':
      return undefined;
    default:
      return assertNever(scope);
  }
}

/** A scope that leaves nothing out, as that of a service, is true for every row. */
function sqlOf(part: SqlPart | undefined): SqlPart {
  return part ?? { text: 'true', bindings: [] };
}

function applyVisible(query: Knex.QueryBuilder, visible: Visible): void {
  if (visible.kind === 'none') query.whereRaw('false');
  if (visible.kind === 'some') query.where(criteria(visible.filter));
}

function criteria(
  filter: PermissionCriteria<EnvironmentPermissionFilter>,
): Knex.QueryCallback {
  return query => {
    if ('allOf' in filter) {
      filter.allOf.forEach(part => query.andWhere(criteria(part)));
    } else if ('anyOf' in filter) {
      filter.anyOf.forEach(part => query.orWhere(criteria(part)));
    } else if ('not' in filter) {
      query.whereNot(criteria(filter.not));
    } else {
      query.whereIn('e.owner_ref', filter.ownerIn);
    }
  };
}

function assertNever(scope: never): never {
  throw new Error(`Unknown scope ${JSON.stringify(scope)}`);
}
