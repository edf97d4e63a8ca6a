import { addSeconds, earlierOf } from '../../clock';

/** When the sweep takes it that a clock has leapt, and how many may end by that without a word. */
export interface BrakeSettings {
  /** A look so long after the one before is a leap. */
  leapSeconds: number;
  /** Of all leases with an end. */
  sharePercent: number;
  /** Fewer than that end whatever their share is. */
  atLeast: number;
}

/** Leases that fall due after the one moment, and not later than the other. */
export interface Window {
  after: Date;
  until: Date;
}

export function isWithin(
  moment: Date | undefined,
  { after, until }: Window,
): boolean {
  return moment !== undefined && moment > after && moment <= until;
}

/** How far in time leases were swept. */
export interface Watch {
  lookedUpTo: Date;
  /** When the last leap ended. */
  leaptAt?: Date;
  /** Leases that fell due in leaps which came close to each other, and were let through. */
  letThrough: number;
}

/** Two clocks at one moment. */
export interface Clocks {
  /** The earlier of the two: nothing is due that is not due by both. */
  upTo: Date;
  database: Date;
}

export interface Counts {
  /** Leases that fall due in the window. */
  falling: number;
  /** All leases with an end, those among them. */
  living: number;
}

/** Leaps with less of ordinary time between them count as one: a clock may run wild in small ones. */
const CALM_SECONDS = 3600;

/** What a look at the clocks means. */
export type Look =
  | { kind: 'ordinary' }
  /** The clock was ahead when it was looked at last. */
  | { kind: 'back' }
  | { kind: 'leap'; window: Window };

export function lookAt(
  { lookedUpTo }: Watch,
  { upTo, database }: Clocks,
  { leapSeconds }: BrakeSettings,
): Look {
  if (lookedUpTo > database) return { kind: 'back' };
  return upTo > addSeconds(lookedUpTo, leapSeconds)
    ? { kind: 'leap', window: { after: lookedUpTo, until: upTo } }
    : { kind: 'ordinary' };
}

/** Whether so many ends at once are more than is believed without a word. */
export function isTooMany(
  { falling, living }: Counts,
  { sharePercent, atLeast }: BrakeSettings,
): boolean {
  return falling >= atLeast && falling * 100 > living * sharePercent;
}

/** The watch after an ordinary look; one that lags behind others takes nothing from theirs. */
export function afterLook(watch: Watch, { upTo }: Clocks): Watch {
  return upTo > watch.lookedUpTo ? { ...watch, lookedUpTo: upTo } : watch;
}

/** The watch once the clock was set back. */
export function afterBack(watch: Watch, { database }: Clocks): Watch {
  const { leaptAt } = watch;
  return {
    ...watch,
    lookedUpTo: database,
    leaptAt: leaptAt && earlierOf(leaptAt, database),
  };
}

/** The watch after a leap, and whether what fell due in it waits for a word. */
export function afterLeap(
  { leaptAt, letThrough }: Watch,
  { after, until }: Window,
  { falling, living }: Counts,
  settings: BrakeSettings,
): { watch: Watch; brake: boolean } {
  const isCalm = !leaptAt || after >= addSeconds(leaptAt, CALM_SECONDS);
  const before = isCalm ? 0 : letThrough;
  // Those let through before are not among the living any more, and were when that train of leaps began.
  const counts = { falling: falling + before, living: living + before };
  const brake = falling > 0 && isTooMany(counts, settings);
  return {
    watch: {
      lookedUpTo: until,
      leaptAt: until,
      letThrough: brake ? before : counts.falling,
    },
    brake,
  };
}
