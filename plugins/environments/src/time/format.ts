import { DateTime } from 'luxon';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Where a moment is written: `now` decides between today and a date, `zone` is the reader's. */
export interface Here {
  /** Milliseconds since the epoch. */
  now: number;
  /** An IANA name; the browser's own when absent. */
  zone?: string;
}

/** One number with one unit, for lists: `95 s`, `38 min`, `45 h`, `3 d`. Rounds down, so that time left is never flattered. */
export function formatSpan(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 2 * MINUTE) return `${whole} s`;
  if (whole < 2 * HOUR) return `${Math.floor(whole / MINUTE)} min`;
  if (whole < 2 * DAY) return `${Math.floor(whole / HOUR)} h`;
  return `${Math.floor(whole / DAY)} d`;
}

/** How long something took: `0.2 s`, `38 s`, `1 min 50 s`, `2 h 5 min`. */
export function formatTook(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 1) return `${seconds.toFixed(1)} s`;
  const whole = Math.floor(seconds);
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) {
    return joinUnits(Math.floor(whole / MINUTE), 'min', whole % MINUTE, 's');
  }
  if (whole < DAY) {
    return joinUnits(
      Math.floor(whole / HOUR),
      'h',
      Math.floor((whole % HOUR) / MINUTE),
      'min',
    );
  }
  return joinUnits(
    Math.floor(whole / DAY),
    'd',
    Math.floor((whole % DAY) / HOUR),
    'h',
  );
}

function joinUnits(
  first: number,
  firstUnit: string,
  second: number,
  secondUnit: string,
): string {
  return second > 0
    ? `${first} ${firstUnit} ${second} ${secondUnit}`
    : `${first} ${firstUnit}`;
}

/** Time between two moments of the API, in milliseconds. */
export function millisecondsBetween(from: string, to: string | number): number {
  return (
    (typeof to === 'number' ? to : DateTime.fromISO(to).toMillis()) -
    DateTime.fromISO(from).toMillis()
  );
}

/** A moment for the glance: `18:30` (today), `Fri 12:16` (this week), `10 Nov 09:00`, `3 Jan 2027 09:00`. */
export function formatMoment(iso: string, here: Here): string {
  const { moment, now } = place(iso, here);
  if (moment.hasSame(now, 'day')) return moment.toFormat('HH:mm');
  if (Math.abs(dayDistance(moment, now)) < 7) {
    return moment.toFormat('ccc HH:mm');
  }
  return moment.toFormat(
    moment.hasSame(now, 'year') ? 'd LLL HH:mm' : 'd LLL yyyy HH:mm',
  );
}

/** A moment within a sentence: `today 18:30`, `tomorrow 09:00`, else as {@link formatMoment}. */
export function formatMomentInWords(iso: string, here: Here): string {
  const { moment, now } = place(iso, here);
  const days = dayDistance(moment, now);
  if (days === 0) return `today ${moment.toFormat('HH:mm')}`;
  if (days === 1) return `tomorrow ${moment.toFormat('HH:mm')}`;
  if (days === -1) return `yesterday ${moment.toFormat('HH:mm')}`;
  return formatMoment(iso, here);
}

/** What a server wrote, its moments as their reader would write them within a sentence. */
export function momentsInWords(text: string, here: Here): string {
  return text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, iso =>
    formatMomentInWords(iso, here),
  );
}

/** A moment in full, for hovers and exports: `Sat 21 Nov 2026, 14:40:05 CET`. */
export function formatExact(iso: string, zone?: string): string {
  return DateTime.fromISO(iso)
    .setZone(zone ?? 'local')
    .setLocale('en-GB')
    .toFormat('ccc d LLL yyyy, HH:mm:ss ZZZZ');
}

/** The clock time of a log line: `14:33:38`. */
export function formatClock(iso: string, zone?: string): string {
  return DateTime.fromISO(iso)
    .setZone(zone ?? 'local')
    .toFormat('HH:mm:ss');
}

function place(iso: string, here: Here) {
  const zone = here.zone ?? 'local';
  return {
    moment: DateTime.fromISO(iso).setZone(zone).setLocale('en-GB'),
    now: DateTime.fromMillis(here.now).setZone(zone),
  };
}

function dayDistance(moment: DateTime, now: DateTime): number {
  return Math.round(
    moment.startOf('day').diff(now.startOf('day'), 'days').days,
  );
}
