import { Knex } from 'knex';
import { z } from 'zod';
import { EnvironmentState } from '@greenroom/plugin-environments-common';
import { ResolvedSchedule } from '../../schedules/settings';
import { CallersSelection, selectedLeases } from '../fleet/selection';
import { LeaseRow } from '../store';

/** Where a page ended. */
export const sleepsCursorSchema = z.object({ name: z.string().max(200) });
export type SleepsCursor = z.infer<typeof sleepsCursorSchema>;

/** An environment with a schedule, as the one query reads it. */
export interface SleepsRow extends LeaseRow {
  name: string;
  owner_ref: string;
  state: EnvironmentState;
  schedule: ResolvedSchedule['schedule'];
  rule: string;
  /** What paused it last was its schedule. */
  paused_by_schedule: boolean;
}

/** Living environments that have a schedule, by their names. */
export class SleepsList {
  constructor(private readonly knex: Knex) {}

  async page({
    cursor,
    limit,
    ...selection
  }: CallersSelection & {
    cursor?: SleepsCursor;
    limit: number;
  }): Promise<SleepsRow[]> {
    const query = this.#scheduled(selection)
      .select(
        'l.*',
        'e.name',
        'e.owner_ref',
        'e.state',
        's.schedule',
        's.rule',
        this.knex.raw(
          `s.asleep_by IS NOT NULL AND s.asleep_by = (
             SELECT o.id FROM operations o
             WHERE o.environment_id = e.id AND NOT o.dry_run
               AND o.kind IN ('pause', 'resume')
             ORDER BY o.number DESC LIMIT 1
           ) AS paused_by_schedule`,
        ),
      )
      .orderBy('e.name')
      .limit(limit);
    if (cursor) query.where('e.name', '>', cursor.name);
    return query;
  }

  async total(selection: CallersSelection): Promise<number> {
    const row = await this.#scheduled(selection).count({ count: '*' }).first();
    return Number(row?.count);
  }

  #scheduled(selection: CallersSelection): Knex.QueryBuilder {
    return selectedLeases(this.knex, selection)
      .join('environment_schedules as s', 's.environment_id', 'e.id')
      .whereNotNull('s.schedule')
      .whereNotIn('l.stage', ['ending', 'ended']);
  }
}
