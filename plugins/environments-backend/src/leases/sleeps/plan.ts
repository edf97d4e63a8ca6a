import { DateTime } from 'luxon';
import {
  EnvironmentState,
  HolidayCheck,
  Sleep,
  SleepingEnvironment,
  SleepSchedule,
  sleepsWithin,
  SleepStanding,
} from '@greenroom/plugin-environments-common';
import { LeaseProjection } from '../ledger';

/** The days of a calendar, and the moment from which on it may tell anything. */
export interface Days {
  now: Date;
  from: Date;
  until: Date;
}

/** Whether its schedule has a say in whether it is awake. */
export function standingOf(facts: {
  state: EnvironmentState;
  stage: LeaseProjection['stage'];
  pausedBySchedule: boolean;
}): SleepStanding {
  const { state, stage, pausedBySchedule } = facts;
  if (state !== 'paused' && state !== 'pausing') return 'awake';
  return pausedBySchedule && stage !== 'grace' ? 'asleep' : 'paused';
}

/**
 * When it sleeps on these days if nobody steps in.
 *
 * @param endsAt - it has no sleeps from then on; undefined: it has no end
 */
export function planSleeps(
  schedule: SleepSchedule,
  standing: SleepStanding,
  { now, from, until }: Days,
  endsAt: Date | undefined,
  isHoliday: HolidayCheck,
): Pick<SleepingEnvironment, 'sleeps' | 'next'> {
  if (standing === 'paused') return { sleeps: [] };
  const asleep = standing === 'asleep';
  const end = endsAt && endsAt < until ? endsAt : until;
  const sleeps = sleepsWithin(
    schedule,
    { from: now, until: end, asleep },
    isHoliday,
  ).map(sleep => (end < until ? { until: end, ...sleep } : sleep));
  const nextAt = asleep ? sleeps[0]?.until : sleeps[0]?.from;
  const isMove = nextAt && nextAt.getTime() !== endsAt?.getTime();
  return {
    sleeps: sleeps.flatMap(sleep => within(sleep, from)),
    ...(isMove && {
      next: { kind: asleep ? 'wake' : 'sleep', at: nextAt.toISOString() },
    }),
  };
}

function within(sleep: Sleep, from: Date): SleepingEnvironment['sleeps'] {
  if (sleep.until && sleep.until <= from) return [];
  const begin = sleep.from < from ? from : sleep.from;
  return [{ from: begin.toISOString(), until: sleep.until?.toISOString() }];
}

/** The days on which nothing wakes, there where the schedule goes by the clock. */
export function holidaysWithin(
  { timeZone }: SleepSchedule,
  { from, until }: Days,
  isHoliday: HolidayCheck,
): string[] {
  const days: string[] = [];
  const last = DateTime.fromJSDate(until);
  let day = DateTime.fromJSDate(from, { zone: timeZone }).startOf('day');
  while (day < last) {
    const written = day.toISODate();
    if (written && isHoliday(written)) days.push(written);
    day = day.plus({ days: 1 });
  }
  return days;
}
