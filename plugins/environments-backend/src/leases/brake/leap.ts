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
  window: Window | undefined,
): boolean {
  if (!moment || !window) return false;
  return moment > window.after && moment <= window.until;
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

/** What a look at the clocks means; `back`: the clock was ahead when it was looked at last. */
type Look = 'ordinary' | 'back' | 'leap';

/** What a look leads to. */
export interface Verdict {
  watch: Watch;
  /** What waits for a word from now on; absent: nothing does. */
  held?: Window;
}

export function lookAt(
  { lookedUpTo }: Watch,
  { upTo, database }: Clocks,
  { leapSeconds }: BrakeSettings,
): Look {
  if (lookedUpTo > database) return 'back';
  return upTo > addSeconds(lookedUpTo, leapSeconds) ? 'leap' : 'ordinary';
}

/**
 * The window whose leases are to be counted before a look is judged; undefined: none.
 *
 * @param held what waits for a word
 */
export function windowInQuestion(
  watch: Watch,
  held: Window | undefined,
  clocks: Clocks,
  settings: BrakeSettings,
): Window | undefined {
  if (lookAt(watch, clocks, settings) === 'leap') {
    return { after: held?.after ?? watch.lookedUpTo, until: clocks.upTo };
  }
  return held && { ...held, until: earlierOf(held.until, clocks.database) };
}

/**
 * How far leases are swept after a look, and what waits for a word.
 *
 * @param held what waited before
 * @param counts of the window in question
 */
export function judge(
  watch: Watch,
  held: Window | undefined,
  clocks: Clocks,
  counts: Counts,
  settings: BrakeSettings,
): Verdict {
  const window = windowInQuestion(watch, held, clocks, settings);
  const look = lookAt(watch, clocks, settings);
  switch (look) {
    case 'ordinary':
      return {
        watch: afterLook(watch, clocks),
        held: counts.falling > 0 ? window : undefined,
      };
    case 'back':
      return afterBack(watch, held, clocks, counts, settings);
    case 'leap':
      if (!held) return afterLeap(watch, clocks, counts, settings);
      // Whatever another leap brings waits as well: the clock is not to be trusted yet.
      return {
        watch: { ...watch, lookedUpTo: clocks.upTo, leaptAt: clocks.upTo },
        held: window,
      };
    default:
      return look satisfies never;
  }
}

/** Whether so many ends at once are more than is believed without a word. */
function isTooMany(
  { falling, living }: Counts,
  { sharePercent, atLeast }: BrakeSettings,
): boolean {
  return falling >= atLeast && falling * 100 > living * sharePercent;
}

/** The watch after an ordinary look; one that lags behind others takes nothing from theirs. */
function afterLook(watch: Watch, { upTo }: Clocks): Watch {
  return upTo > watch.lookedUpTo ? { ...watch, lookedUpTo: upTo } : watch;
}

/** What is not due by a clock that was set back need not wait, nor do few. */
function afterBack(
  watch: Watch,
  held: Window | undefined,
  { database }: Clocks,
  counts: Counts,
  settings: BrakeSettings,
): Verdict {
  const { leaptAt, letThrough } = watch;
  const back = {
    ...watch,
    lookedUpTo: database,
    leaptAt: leaptAt && earlierOf(leaptAt, database),
  };
  if (!held) return { watch: back };
  if (held.until <= database) return { watch: back, held };
  const all = withEarlier(counts, letThrough);
  return isTooMany(all, settings)
    ? { watch: back, held: { after: held.after, until: database } }
    : { watch: { ...back, letThrough: all.falling } };
}

function afterLeap(
  { lookedUpTo, leaptAt, letThrough }: Watch,
  { upTo }: Clocks,
  counts: Counts,
  settings: BrakeSettings,
): Verdict {
  const isCalm = !leaptAt || lookedUpTo >= addSeconds(leaptAt, CALM_SECONDS);
  const before = isCalm ? 0 : letThrough;
  const all = withEarlier(counts, before);
  const waits = counts.falling > 0 && isTooMany(all, settings);
  return {
    watch: {
      lookedUpTo: upTo,
      leaptAt: upTo,
      letThrough: waits ? before : all.falling,
    },
    held: waits ? { after: lookedUpTo, until: upTo } : undefined,
  };
}

/** Those let through before are not among the living any more, and were when that train of leaps began. */
function withEarlier({ falling, living }: Counts, letThrough: number): Counts {
  return { falling: falling + letThrough, living: living + letThrough };
}
