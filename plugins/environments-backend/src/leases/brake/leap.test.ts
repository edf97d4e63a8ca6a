import fc from 'fast-check';
import { addSeconds, earlierOf, momentOf } from '../../clock';
import {
  BrakeSettings,
  Clocks,
  Counts,
  isWithin,
  judge,
  lookAt,
  Verdict,
  Watch,
  Window,
  windowInQuestion,
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

const none = { falling: 0, living: 100 };

/** What a look leads to, with what waits for a word before. */
const look = (
  before: Watch,
  both: Clocks,
  { counts = none, held }: { counts?: Counts; held?: Window } = {},
) => judge(before, held, both, counts, SETTINGS);

describe('a look at the clocks', () => {
  it('is ordinary as long as it comes soon enough', () => {
    expect(lookAt(watch(), clocks(900), SETTINGS)).toBe('ordinary');
    expect(windowInQuestion(watch(), undefined, clocks(900), SETTINGS)).toBe(
      undefined,
    );
  });

  it('finds a leap when both clocks say so', () => {
    expect(lookAt(watch(), clocks(901), SETTINGS)).toBe('leap');
    expect(windowInQuestion(watch(), undefined, clocks(901), SETTINGS)).toEqual(
      leap(0, 901),
    );
  });

  it.each([
    ['this process', clocks(DAY, 1)],
    ['the database', clocks(1, DAY)],
  ])('finds none when only the clock of %s has leapt', (_, both) => {
    expect(lookAt(watch(), both, SETTINGS)).toBe('ordinary');
    expect(look(watch(), both).watch.lookedUpTo).toEqual(at(1));
  });

  it('takes nothing from what others have seen when its own clock lags behind', () => {
    const both = clocks(-3600, 1);
    expect(look(watch(), both)).toEqual({ watch: watch() });
  });

  it('follows the clock of the database back', () => {
    const ahead = watch({ lookedUpTo: at(DAY), leaptAt: at(DAY) });
    expect(look(ahead, clocks(5)).watch).toEqual(
      watch({ lookedUpTo: at(5), leaptAt: at(5) }),
    );
  });
});

describe('what waits for a word', () => {
  const held = leap(0, DAY);
  const many = { falling: 50, living: 100 };
  const few = { falling: 5, living: 100 };
  const after = watch({ lookedUpTo: at(DAY), leaptAt: at(DAY) });

  it('waits on while time goes by, as long as there is any', () => {
    const later = clocks(DAY + 60);
    expect(look(after, later, { held, counts: few }).held).toEqual(held);
    expect(look(after, later, { held }).held).toBeUndefined();
  });

  it('waits beside what another leap brings', () => {
    const again = clocks(3 * DAY);
    expect(windowInQuestion(after, held, again, SETTINGS)).toEqual(
      leap(0, 3 * DAY),
    );
    expect(look(after, again, { held, counts: few }).held).toEqual(
      leap(0, 3 * DAY),
    );
  });

  it('is what is due by the clock that was set back, where that is too much', () => {
    const back = clocks(DAY / 2);
    expect(windowInQuestion(after, held, back, SETTINGS)).toEqual(
      leap(0, DAY / 2),
    );
    expect(look(after, back, { held, counts: many }).held).toEqual(
      leap(0, DAY / 2),
    );
    expect(look(after, back, { held, counts: few }).held).toBeUndefined();
  });

  it('waits on when the clock is set back by less than it has gone on since', () => {
    const later = { ...after, lookedUpTo: at(DAY + 60) };
    const back = clocks(DAY + 59);
    expect(look(later, back, { held, counts: few }).held).toEqual(held);
  });
});

describe('what falls due in a leap', () => {
  const weigh = (falling: number, living: number) =>
    look(watch(), clocks(DAY), { counts: { falling, living } });

  it.each<[string, number, number, Window | undefined]>([
    ['goes when it is the share that may', 20, 100, undefined],
    ['waits when it is more', 21, 100, leap(0, DAY)],
    ['goes when it is few, whatever their share is', 9, 9, undefined],
    ['waits when a small fleet would go', 10, 10, leap(0, DAY)],
    ['is nothing', 0, 0, undefined],
  ])('%s', (_, falling, living, held) => {
    expect(weigh(falling, living).held).toEqual(held);
  });

  it('adds up when leaps come close to each other', () => {
    const first = weigh(15, 100);
    expect(first).toEqual({
      watch: watch({ lookedUpTo: at(DAY), leaptAt: at(DAY), letThrough: 15 }),
    });
    const counts = { falling: 6, living: 85 };
    const soon = { ...first.watch, lookedUpTo: at(DAY + 60) };
    expect(look(soon, clocks(2 * DAY), { counts })).toEqual({
      watch: expect.objectContaining({ letThrough: 15 }),
      held: leap(DAY + 60, 2 * DAY),
    });
    const later = { ...first.watch, lookedUpTo: at(DAY + 3600) };
    expect(look(later, clocks(2 * DAY), { counts })).toEqual({
      watch: expect.objectContaining({ letThrough: 6 }),
    });
  });
});

/** A fleet whose clocks are set at random, and of which nobody says a word. */
function endedUnder(
  dueSeconds: number[],
  looks: { step: number; database: number }[],
): number {
  let before: Verdict = { watch: watch() };
  let living = dueSeconds.map(at);
  let ended = 0;
  let seconds = 0;
  for (const { step, database } of looks) {
    seconds += step;
    const both = clocks(seconds, seconds + database);
    const { watch: seen, held } = before;
    const asked = windowInQuestion(seen, held, both, SETTINGS);
    const falling = living.filter(due => isWithin(due, asked)).length;
    const counts = { falling, living: living.length };
    const verdict = judge(seen, held, both, counts, SETTINGS);
    const left = living.filter(
      due => due > both.upTo || isWithin(due, verdict.held),
    );
    before = verdict;
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
