import fc from 'fast-check';
import { addSeconds, earlierOf, momentOf } from '../../clock';
import {
  afterBack,
  afterLeap,
  afterLook,
  BrakeSettings,
  isWithin,
  lookAt,
  Watch,
  Window,
} from './leap';

const START = momentOf('2026-06-01T12:00:00Z');
const SETTINGS: BrakeSettings = {
  leapSeconds: 900,
  sharePercent: 20,
  atLeast: 10,
};
const DAY = 86_400;

const at = (seconds: number) => addSeconds(START, seconds);
const watch = (more: Partial<Watch> = {}): Watch => ({
  lookedUpTo: START,
  letThrough: 0,
  ...more,
});
const clocks = (seconds: number, database = seconds) => ({
  upTo: earlierOf(at(seconds), at(database)),
  database: at(database),
});
const leap = (from: number, to: number): Window => ({
  after: at(from),
  until: at(to),
});

describe('a look at the clocks', () => {
  it('is ordinary as long as it comes soon enough', () => {
    expect(lookAt(watch(), clocks(900), SETTINGS).kind).toBe('ordinary');
  });

  it('finds a leap when both clocks say so', () => {
    expect(lookAt(watch(), clocks(901), SETTINGS)).toEqual({
      kind: 'leap',
      window: leap(0, 901),
    });
  });

  it.each([
    ['this process', clocks(DAY, 1)],
    ['the database', clocks(1, DAY)],
  ])('finds none when only the clock of %s has leapt', (_, both) => {
    expect(lookAt(watch(), both, SETTINGS).kind).toBe('ordinary');
    expect(afterLook(watch(), both).lookedUpTo).toEqual(at(1));
  });

  it('takes nothing from what others have seen when its own clock lags behind', () => {
    const both = clocks(-3600, 1);
    expect(lookAt(watch(), both, SETTINGS).kind).toBe('ordinary');
    expect(afterLook(watch(), both)).toEqual(watch());
  });

  it('follows the clock of the database back', () => {
    const ahead = watch({ lookedUpTo: at(DAY), leaptAt: at(DAY) });
    expect(lookAt(ahead, clocks(5), SETTINGS).kind).toBe('back');
    expect(afterBack(ahead, clocks(5))).toEqual(
      watch({ lookedUpTo: at(5), leaptAt: at(5) }),
    );
  });
});

describe('what falls due in a leap', () => {
  const weigh = (falling: number, living: number, before = watch()) =>
    afterLeap(before, leap(0, DAY), { falling, living }, SETTINGS);

  it.each<[string, number, number, boolean]>([
    ['goes when it is the share that may', 20, 100, false],
    ['waits when it is more', 21, 100, true],
    ['goes when it is few, whatever their share is', 9, 9, false],
    ['waits when a small fleet would go', 10, 10, true],
    ['is nothing', 0, 0, false],
  ])('%s', (_, falling, living, brake) => {
    expect(weigh(falling, living).brake).toBe(brake);
  });

  it('adds up when leaps come close to each other', () => {
    const first = weigh(15, 100);
    expect(first).toEqual({
      brake: false,
      watch: watch({ lookedUpTo: at(DAY), leaptAt: at(DAY), letThrough: 15 }),
    });
    const soon = leap(DAY + 60, 2 * DAY);
    const few = { falling: 6, living: 85 };
    const second = afterLeap(first.watch, soon, few, SETTINGS);
    expect(second).toEqual({
      brake: true,
      watch: expect.objectContaining({ letThrough: 15 }),
    });
    const later = leap(DAY + 3600, 2 * DAY);
    expect(afterLeap(first.watch, later, few, SETTINGS)).toEqual({
      brake: false,
      watch: expect.objectContaining({ letThrough: 6 }),
    });
  });
});

/** A fleet whose clock is set at random, and of which nobody says a word. */
function endedUnder(
  dueSeconds: number[],
  looks: { step: number; database: number }[],
): number {
  let seen = watch({ lookedUpTo: at(0) });
  const held: Window[] = [];
  let living = dueSeconds.map(at);
  let ended = 0;
  let seconds = 0;
  for (const { step, database } of looks) {
    seconds += step;
    const both = clocks(seconds, seconds + database);
    const look = lookAt(seen, both, SETTINGS);
    if (look.kind === 'leap') {
      const { window } = look;
      const falling = living.filter(due => isWithin(due, window)).length;
      const counts = { falling, living: living.length };
      const after = afterLeap(seen, window, counts, SETTINGS);
      seen = after.watch;
      if (after.brake) held.push(window);
    } else {
      seen =
        look.kind === 'back' ? afterBack(seen, both) : afterLook(seen, both);
    }
    const left = living.filter(
      due => due > both.upTo || held.some(window => isWithin(due, window)),
    );
    ended += living.length - left.length;
    living = left;
  }
  return ended;
}

describe('under random leaps', () => {
  const fleet = fc.array(fc.integer({ min: 1, max: 30 * DAY }), {
    minLength: 50,
    maxLength: 300,
  });
  const leaps = fc.array(
    fc.record({
      step: fc.integer({ min: SETTINGS.leapSeconds + 1, max: 10 * DAY }),
      database: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5 * DAY })),
    }),
    { minLength: 1, maxLength: 12 },
  );

  it('never more than the share ends without a word', () => {
    fc.assert(
      fc.property(fleet, leaps, (due, looks) => {
        const most = Math.max(
          (due.length * SETTINGS.sharePercent) / 100,
          SETTINGS.atLeast - 1,
        );
        expect(endedUnder(due, looks)).toBeLessThanOrEqual(most);
      }),
      { numRuns: 500 },
    );
  });

  it('everything ends in its time while the clock goes as it should', () => {
    fc.assert(
      fc.property(fleet, due => {
        const all = Array.from({ length: 30 * 144 }, () => ({
          step: 600,
          database: 0,
        }));
        expect(endedUnder(due, all)).toBe(due.length);
      }),
      { numRuns: 5 },
    );
  });
});
