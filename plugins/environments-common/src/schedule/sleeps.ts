import { HolidayCheck, SleepSchedule, transitionsOf } from './transitions';

/** A time of sleep. */
export interface Sleep {
  from: Date;
  /** Absent: it goes on beyond what was asked for, or until somebody wakes it. */
  until?: Date;
}

/**
 * When an environment sleeps, if nobody but its schedule wakes or pauses it meanwhile.
 *
 * @param within - `asleep`: whether it sleeps at the beginning, by the schedule too
 * @public
 */
export function sleepsWithin(
  schedule: SleepSchedule,
  within: { from: Date; until: Date; asleep: boolean },
  isHoliday?: HolidayCheck,
): Sleep[] {
  const { from, until, asleep } = within;
  const nextAfter = transitionsOf(schedule, isHoliday);
  const sleeps: Sleep[] = [];
  let since = asleep ? from : undefined;
  let next = nextAfter(from);
  while (next && next.at < until) {
    if (next.kind === 'sleep') {
      since ??= next.at;
    } else if (since) {
      sleeps.push({ from: since, until: next.at });
      since = undefined;
    }
    next = nextAfter(next.at);
  }
  return since ? [...sleeps, { from: since }] : sleeps;
}
