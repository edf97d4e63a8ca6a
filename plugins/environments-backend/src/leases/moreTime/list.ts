import { Knex } from 'knex';
import { z } from 'zod';
import { CallersSelection, selectedLeases } from '../fleet/selection';
import { TimeRequestRow } from './store';

/** Where a page ended: its last row, with the time to the microsecond. */
export const moreTimeCursorSchema = z.object({
  asked: z.iso.datetime(),
  id: z.uuid(),
});
export type MoreTimeCursor = z.infer<typeof moreTimeCursorSchema>;

export type WaitingRow = TimeRequestRow & {
  name: string;
  owner_ref: string;
  expires_at: Date | null;
  /** Of the cursor. */
  key: string;
};

/** Requests for more time that wait, as far as the caller may see them; the oldest first. */
export class MoreTimeList {
  constructor(private readonly knex: Knex) {}

  async page(
    request: CallersSelection & { limit: number; cursor?: MoreTimeCursor },
  ): Promise<WaitingRow[]> {
    const { limit, cursor } = request;
    const query = this.#waiting(request)
      .orderBy(['r.asked_at', 'r.id'])
      .limit(limit)
      .select(
        'r.*',
        'e.name',
        'e.owner_ref',
        'l.expires_at',
        this.knex.raw(
          `to_char(r.asked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS key`,
        ),
      );
    if (cursor) {
      query.whereRaw('(r.asked_at, r.id) > (?::timestamptz, ?::uuid)', [
        cursor.asked,
        cursor.id,
      ]);
    }
    return query;
  }

  async total(request: CallersSelection): Promise<number> {
    const row = await this.#waiting(request).count({ count: '*' }).first();
    return Number(row?.count);
  }

  #waiting(request: CallersSelection): Knex.QueryBuilder {
    return selectedLeases(this.knex, request)
      .join('lease_more_time as r', 'r.environment_id', 'e.id')
      .where('r.state', 'waiting');
  }
}
