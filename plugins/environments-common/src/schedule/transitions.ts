import { cronTimes } from './cron';

/** When environments sleep and wake; as a blueprint or the portal's configuration says it. */
export interface SleepSchedule {
  /** Cron line of five fields. */
  sleep: string;
  /** Cron line of five fields; absent: nothing wakes them but somebody. */
  wake?: string;
  /** By IANA's name: `Europe/Berlin`. */
  timeZone: string;
}

/** A moment at which a schedule wants something. */
export interface Transition {
  kind: 'sleep' | 'wake';
  at: Date;
}

/** Asks whether a day is a holiday: nothing wakes then. The day is written `2026-12-25`. */
export type HolidayCheck = (day: string) => boolean;

/** Whoever looks later than a month afterwards is told nothing of before. */
const LOOK_BACK_MS = 32 * 86_400_000;
/** Holidays in a row, however many a day wakes are. */
const SKIPPED_WAKES = 1000;

/**
 * What a schedule last wanted in a span of time. Of what was missed in it only this counts:
 * whoever looks late has one thing to do, not five.
 *
 * @param after - not itself part of the span
 * @param until - itself part of it
 * @returns undefined when nothing was to be done; for a sleep and a wake at one moment, the wake
 * @public
 */
export function lastTransition(
  schedule: SleepSchedule,
  after: Date,
  until: Date,
  isHoliday?: HolidayCheck,
): Transition | undefined {
  const from = new Date(
    Math.max(after.getTime(), until.getTime() - LOOK_BACK_MS),
  );
  const nextAfter = transitionsOf(schedule, isHoliday);
  let found: Transition | undefined;
  let next = nextAfter(from);
  while (next && next.at <= until) {
    found = next;
    next = nextAfter(next.at);
  }
  return found;
}

/**
 * What a schedule wants next.
 *
 * @returns undefined when it wants nothing ever
 * @public
 */
export function nextTransition(
  schedule: SleepSchedule,
  after: Date,
  isHoliday?: HolidayCheck,
): Transition | undefined {
  return transitionsOf(schedule, isHoliday)(after);
}

/**
 * The same for whoever goes from one to the next: the lines are read once.
 */
export function transitionsOf(
  { sleep, wake, timeZone }: SleepSchedule,
  isHoliday: HolidayCheck = () => false,
): (after: Date) => Transition | undefined {
  const sleepTimes = cronTimes(sleep, timeZone);
  const wakeTimes = wake === undefined ? undefined : cronTimes(wake, timeZone);
  const dayOf = dayIn(timeZone);
  return after => {
    const asleepAt = sleepTimes(after);
    const awakeAt =
      wakeTimes &&
      nextWake(wakeTimes, after, asleepAt, at => isHoliday(dayOf(at)));
    if (awakeAt && (!asleepAt || awakeAt <= asleepAt)) {
      return { kind: 'wake', at: awakeAt };
    }
    return asleepAt && { kind: 'sleep', at: asleepAt };
  };
}

/** @param before - a later one makes no difference */
function nextWake(
  times: (after: Date) => Date | undefined,
  after: Date,
  before: Date | undefined,
  isHoliday: (at: Date) => boolean,
): Date | undefined {
  let next = times(after);
  for (let skipped = 0; skipped < SKIPPED_WAKES; skipped++) {
    if (!next || (before && next > before)) return next;
    if (!isHoliday(next)) return next;
    next = times(next);
  }
  return undefined;
}

/** Tells the day that it is in a time zone, written `2026-12-25`. */
function dayIn(timeZone: string): (moment: Date) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return moment => {
    const parts = format.formatToParts(moment);
    const part = (type: string) => parts.find(one => one.type === type)!.value;
    return `${part('year')}-${part('month')}-${part('day')}`;
  };
}
