import {
  SleepingEnvironment,
  SLEEPS_REACH_DAYS,
} from '@greenroom/plugin-environments-common';
import { DateTime } from 'luxon';

const WEEK_DAYS = 7;

/** The weeks that the calendar has, this one among them. */
export const WEEKS_AHEAD: number = Math.floor(SLEEPS_REACH_DAYS / WEEK_DAYS);

/** A day there where somebody looks; it has 23 or 25 hours when clocks are changed. */
export interface Day {
  from: DateTime;
  until: DateTime;
}

/** Part of a day, as shares of it and in words. */
export interface DayPart {
  left: number;
  width: number;
  /** `19:00–24:00` */
  text: string;
}

/** The days of a week that begins today, or so many weeks later. */
export function daysOf(now: number, week: number, zone = 'local'): Day[] {
  const first = DateTime.fromMillis(now, { zone })
    .setLocale('en-GB')
    .startOf('day')
    .plus({ weeks: week });
  return Array.from({ length: WEEK_DAYS }, (_, index) => ({
    from: first.plus({ days: index }),
    until: first.plus({ days: index + 1 }),
  }));
}

/** `The clocks go forward by 1 h`, on the day that they do. */
export function clockChange({ from, until }: Day): string | undefined {
  const minutes = until.offset - from.offset;
  if (minutes === 0) return undefined;
  const by =
    minutes % 60 === 0
      ? `${Math.abs(minutes) / 60} h`
      : `${Math.abs(minutes)} min`;
  return `The clocks go ${minutes > 0 ? 'forward' : 'back'} by ${by}`;
}

/** The parts of a day for which it sleeps. */
export function sleepsOf(
  day: Day,
  { sleeps }: Pick<SleepingEnvironment, 'sleeps'>,
): DayPart[] {
  return sleeps.flatMap(({ from, until }) => {
    const part = partOf(day, from, until);
    return part ? [part] : [];
  });
}

/** What of a span of time is within a day; without an end it goes on over it. */
export function partOf(
  { from, until }: Day,
  begins: string,
  ends?: string,
): DayPart | undefined {
  const begin = DateTime.max(from, DateTime.fromISO(begins));
  const end = ends ? DateTime.min(until, DateTime.fromISO(ends)) : until;
  if (end <= begin) return undefined;
  const length = until.toMillis() - from.toMillis();
  const clock = (moment: DateTime) =>
    moment.toMillis() === until.toMillis()
      ? '24:00'
      : moment.setZone(from.zone).toFormat('HH:mm');
  return {
    left: (begin.toMillis() - from.toMillis()) / length,
    width: (end.toMillis() - begin.toMillis()) / length,
    text: `${clock(begin)}–${clock(end)}`,
  };
}

/** What a day is like, in words for whoever can't see its bars. */
export function dayText(day: Day, environment: SleepingEnvironment): string {
  const { standing, endsAt } = environment;
  const over = endsAt ? partOf(day, endsAt) : undefined;
  if (over?.left === 0) return 'its time is up';
  const sleeps = sleepsOf(day, environment);
  const texts = [
    standing === 'paused' && 'paused',
    sleeps.length > 0 && `asleep ${sleeps.map(({ text }) => text).join(', ')}`,
    standing !== 'paused' && sleeps.length === 0 && 'awake',
    over && `its time is up at ${over.text.slice(0, 5)}`,
  ];
  return texts.filter(text => text !== false && text !== undefined).join('; ');
}

/** The same moment by the clock of a schedule; undefined where that is the reader's, too. */
export function clockThere(
  iso: string,
  timeZone: string,
  zone = 'local',
): string | undefined {
  const there = DateTime.fromISO(iso).setZone(timeZone).setLocale('en-GB');
  const here = DateTime.fromISO(iso).setZone(zone);
  if (!there.isValid || there.offset === here.offset) return undefined;
  return there.hasSame(here.setZone(timeZone, { keepLocalTime: true }), 'day')
    ? there.toFormat('HH:mm')
    : there.toFormat('ccc HH:mm');
}
