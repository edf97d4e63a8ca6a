import { Knex } from 'knex';
import { LeaseOverview } from '@greenroom/plugin-environments-common';
import { CallersSelection, selectedLeases } from './selection';

interface OverviewRow {
  /** Which day something falls due on, counted from 0; null: on none of them. */
  day: number | null;
  living: number;
  destroys: number;
  pauses: number;
  unlimited: number;
  grace: number;
  held: number;
  protected: number;
  blocked: number;
}

const PAUSES = "l.stage = 'running' AND l.on_expiry = 'pause'";

const COUNTS: Record<Exclude<keyof OverviewRow, 'day'>, string> = {
  living: 'true',
  destroys: `NOT (${PAUSES})`,
  pauses: PAUSES,
  unlimited: "l.expires_at IS NULL AND l.stage = 'running'",
  grace: "l.stage = 'grace'",
  held: "CAST(l.hold->>'until' AS timestamptz) > :now",
  protected: 'l.protection IS NOT NULL',
  blocked: "l.stage = 'blocked'",
};

/**
 * Counts the leases of all environments that the caller may see, in one query.
 *
 * @param midnights - where each day begins, and where the last one ends
 */
export async function overviewOfLeases(
  knex: Knex,
  {
    now,
    midnights,
    ...selection
  }: CallersSelection & { now: Date; midnights: Date[] },
): Promise<LeaseOverview> {
  const counts = Object.entries(COUNTS).map(([name, condition]) =>
    knex.raw(`count(*) FILTER (WHERE ${condition})::int AS "${name}"`, { now }),
  );
  // What is overdue belongs to today: it is before the first midnight that counts, the next one.
  const day = knex.raw(
    'CASE WHEN l.due_at < ? THEN width_bucket(l.due_at, ?::timestamptz[]) END AS day',
    [midnights.at(-1)!, midnights.slice(1)],
  );
  const rows: OverviewRow[] = await selectedLeases(knex, selection)
    .select(day, ...counts)
    .groupByRaw('1');
  const sum = (name: Exclude<keyof OverviewRow, 'day'>) =>
    rows.reduce((total, row) => total + row[name], 0);
  return {
    at: now.toISOString(),
    days: midnights.slice(1).map((until, index) => {
      const row = rows.find(one => one.day === index);
      return {
        from: midnights[index].toISOString(),
        until: until.toISOString(),
        destroys: row?.destroys ?? 0,
        pauses: row?.pauses ?? 0,
      };
    }),
    living: sum('living'),
    unlimited: sum('unlimited'),
    grace: sum('grace'),
    held: sum('held'),
    protected: sum('protected'),
    blocked: sum('blocked'),
  };
}
