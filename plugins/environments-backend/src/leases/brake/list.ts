import { Knex } from 'knex';
import { z } from 'zod';
import {
  LeaseStage,
  OnExpiry,
  WaitingLease,
} from '@greenroom/plugin-environments-common';
import { Visible } from '../../environments/access';
import { applyVisible } from '../../environments/visible';
import { Window } from './leap';

/** So many owners are named; of more, there is a list to page through. */
const OWNERS = 20;

/** Where a page ended: its last row, with the time to the microsecond. */
export const waitingCursorSchema = z.object({
  due: z.iso.datetime(),
  id: z.uuid(),
});
export type WaitingCursor = z.infer<typeof waitingCursorSchema>;

export interface WaitingRequest {
  window: Window;
  visible: Visible;
  owner?: string[];
}

interface WaitingRow {
  environment_id: string;
  name: string;
  owner_ref: string;
  stage: LeaseStage;
  on_expiry: OnExpiry;
  due_at: Date;
  /** Of the cursor. */
  key: string;
}

/** What waits behind a brake, as far as the caller may see it; the longest due first. */
export class WaitingList {
  constructor(private readonly knex: Knex) {}

  async page(
    request: WaitingRequest & { limit: number; cursor?: WaitingCursor },
  ): Promise<{ item: WaitingLease; cursor: WaitingCursor }[]> {
    const { limit, cursor } = request;
    const query = this.#waiting(request)
      .orderBy(['l.due_at', 'l.environment_id'])
      .limit(limit)
      .select(
        'l.environment_id',
        'l.stage',
        'l.on_expiry',
        'l.due_at',
        'e.name',
        'e.owner_ref',
        this.knex.raw(
          `to_char(l.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS key`,
        ),
      );
    if (cursor) {
      query.whereRaw(
        '(l.due_at, l.environment_id) > (?::timestamptz, ?::uuid)',
        [cursor.due, cursor.id],
      );
    }
    const rows: WaitingRow[] = await query;
    return rows.map(row => ({
      item: {
        environmentId: row.environment_id,
        environmentName: row.name,
        owner: row.owner_ref,
        stage: row.stage,
        onExpiry: row.on_expiry,
        dueAt: row.due_at.toISOString(),
      },
      cursor: { due: row.key, id: row.environment_id },
    }));
  }

  async total(request: WaitingRequest): Promise<number> {
    const row = await this.#waiting(request).count({ count: '*' }).first();
    return Number(row?.count);
  }

  /** The owners of most of them, each with how many, and how many owners there are. */
  async owners(request: WaitingRequest): Promise<{
    owners: { owner: string; waiting: number }[];
    total: number;
  }> {
    const rows: { owner: string; waiting: number; total: number }[] =
      await this.#waiting(request)
        .groupBy('e.owner_ref')
        .orderByRaw('count(*) DESC, e.owner_ref')
        .limit(OWNERS)
        .select(
          'e.owner_ref as owner',
          this.knex.raw('count(*)::int AS waiting'),
          this.knex.raw('(count(*) OVER ())::int AS total'),
        );
    return {
      owners: rows.map(({ owner, waiting }) => ({ owner, waiting })),
      total: rows[0]?.total ?? 0,
    };
  }

  #waiting({ window, visible, owner }: WaitingRequest): Knex.QueryBuilder {
    const query = this.knex('leases as l')
      .join('environments as e', 'e.id', 'l.environment_id')
      .where('l.due_at', '>', window.after)
      .where('l.due_at', '<=', window.until);
    applyVisible(query, visible);
    if (owner) query.whereIn('e.owner_ref', owner);
    return query;
  }
}
