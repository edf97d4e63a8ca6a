import { Knex } from 'knex';
import { z } from 'zod';
import { LeaseListName } from '@greenroom/plugin-environments-common';
import { COST_COLUMNS } from '../../environments/cost';
import { LeaseSummaryRow } from './summary';
import { CallersSelection, selectedLeases } from './selection';

/** Where a page ended: its last row, with the end as PostgreSQL writes it. */
export function leaseCursorSchema(list: LeaseListName) {
  return z.object({
    list: z.literal(list),
    key: z.string().max(40),
    id: z.uuid(),
  });
}
export type LeaseCursor = z.infer<ReturnType<typeof leaseCursorSchema>>;

export interface LeaseListRequest extends CallersSelection {
  list: LeaseListName;
  now: Date;
  from?: Date;
  until: Date;
}

export interface LeasePageRequest extends LeaseListRequest {
  limit: number;
  cursor?: LeaseCursor;
}

export type ListedLease = LeaseSummaryRow & { key: string };

/**
 * What each list holds and goes by; each has an index of its own. Moments in JSON are text in
 * UTC, all of one length, so that their order is that of time.
 */
const LISTS: Record<
  LeaseListName,
  { holds: string; key: string; type: string }
> = {
  ending: {
    holds: 'l.due_at IS NOT NULL',
    key: 'l.due_at',
    type: 'timestamptz',
  },
  grace: {
    holds: "l.stage = 'grace'",
    key: 'l.due_at',
    type: 'timestamptz',
  },
  held: {
    holds: 'l.hold IS NOT NULL',
    key: `(l.hold->>'until') COLLATE "C"`,
    type: 'text',
  },
  protected: {
    holds: 'l.protection IS NOT NULL',
    key: `(l.protection->>'since') COLLATE "C"`,
    type: 'text',
  },
};

/** Leases over all environments that the caller may see; a page is one query, in the order of an index. */
export class LeaseList {
  constructor(private readonly knex: Knex) {}

  async page(request: LeasePageRequest): Promise<ListedLease[]> {
    const { cursor, limit } = request;
    const { key, type } = LISTS[request.list];
    const query = this.#filtered(request)
      .join('blueprints as b', 'b.name', 'v.blueprint_name')
      .select(
        'l.*',
        'e.name',
        'e.state',
        'e.owner_ref',
        'e.created_by',
        'e.type',
        'b.name as blueprint_name',
        'b.title as blueprint_title',
        'b.entity_ref as blueprint_entity_ref',
        'v.version as blueprint_version',
        ...COST_COLUMNS,
        this.knex.raw(`(${key})::text AS key`),
      )
      .orderByRaw(`${key}, l.environment_id`)
      .limit(limit);
    if (cursor) {
      query.whereRaw(`(${key}, l.environment_id) > (?::${type}, ?::uuid)`, [
        cursor.key,
        cursor.id,
      ]);
    }
    return query;
  }

  async total(request: LeaseListRequest): Promise<number> {
    const row = await this.#filtered(request).count({ count: '*' }).first();
    return Number(row?.count);
  }

  #filtered(request: LeaseListRequest): Knex.QueryBuilder {
    const { list, now, from, until } = request;
    const { holds, key } = LISTS[list];
    const query = selectedLeases(this.knex, request).whereRaw(holds);
    if (list === 'held') query.whereRaw(`${key} > ?`, [now.toISOString()]);
    if (list === 'ending') {
      query.where('l.due_at', '<', until);
      if (from) query.where('l.due_at', '>=', from);
    }
    return query;
  }
}
