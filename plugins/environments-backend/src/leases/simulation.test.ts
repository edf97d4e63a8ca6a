import fc from 'fast-check';
import { addSeconds, earlierOf, laterOf } from '../clock';
import {
  BrakeSettings,
  isWithin,
  judge,
  lookAt,
  Watch,
  Window,
  windowInQuestion,
} from './brake/leap';
import { expectThat } from './__testUtils__/expectThat';
import {
  DAY,
  Draw,
  HOUR,
  Place,
  START,
  YEARS_LATER,
} from './__testUtils__/place';

const FLEETS = 10;
const PLACES = 50;
const ANY = 2 ** 31 - 1;
const SETTINGS: BrakeSettings = {
  leapSeconds: 900,
  sharePercent: 20,
  atLeast: 5,
};

/** What came of all fleets together. */
const seen = {
  ends: 0,
  told: 0,
  approved: 0,
  leaps: 0,
  brakes: 0,
  lifted: 0,
  words: 0,
};

/** Places that are swept together, by a process and a database whose clocks are wrong at times. */
class Fleet {
  readonly places: Place[];
  #watch: Watch = { lookedUpTo: START, letThrough: 0 };
  #held?: Window;

  constructor(private readonly draw: Draw) {
    this.places = Array.from({ length: PLACES }, () => new Place(draw));
  }

  /** A look at the clocks as they are, and at all that is due by them. */
  look(own: Date, database: Date): void {
    const clocks = { upTo: earlierOf(own, database), database };
    const isLeap = lookAt(this.#watch, clocks, SETTINGS) === 'leap';
    const before = this.#held;
    const asked = windowInQuestion(this.#watch, before, clocks, SETTINGS);
    const verdict = judge(
      this.#watch,
      before,
      clocks,
      this.#count(asked),
      SETTINGS,
    );
    const leap = { after: this.#watch.lookedUpTo, until: clocks.upTo };
    this.#watch = verdict.watch;
    this.#held = verdict.held;
    const living = this.#living();
    const ended = this.#sweep(clocks.upTo, leap);
    if (isLeap) {
      seen.leaps += 1;
      const most = Math.max(
        (living * SETTINGS.sharePercent) / 100,
        SETTINGS.atLeast - 1,
      );
      expectThat(ended <= most, 'too many end by a leap', ended, living);
    }
    if (!before && this.#held) seen.brakes += 1;
    if (before && !this.#held) seen.lifted += 1;
  }

  /** Looks at every second up to then, of which only those matter at which something is due. */
  watch(upTo: Date): void {
    const from = this.#watch.lookedUpTo;
    for (const place of this.places) {
      for (
        let at = place.nextAt(this.#held);
        at && at <= upTo;
        at = place.nextAt(this.#held)
      ) {
        // A moment too early, then within the second.
        if (at > from) place.sweep(new Date(at.getTime() - 1));
        const now = addSeconds(laterOf(at, from), this.draw(1));
        place.sweep(now, this.#held);
      }
    }
    this.#watch = { ...this.#watch, lookedUpTo: laterOf(from, upTo) };
  }

  /** An operator has looked at the time, and says what becomes of what waits. */
  decide(now: Date): void {
    if (!this.#held || this.draw(2) > 0) return;
    seen.words += 1;
    const held = this.#held;
    this.#held = undefined;
    if (this.draw(1) > 0) return;
    const until = addSeconds(now, 60 + this.draw(3 * DAY));
    for (const place of this.places) {
      if (isWithin(place.dueAt, held)) place.postpone(until, now);
    }
  }

  /** How many of those end that fell due in the window. */
  #sweep(now: Date, window: Window): number {
    const ended = this.places.filter(place => {
      const isNew = isWithin(place.dueAt, window);
      return place.sweep(now, this.#held) && isNew;
    });
    return ended.length;
  }

  #living(): number {
    return this.places.filter(({ dueAt }) => dueAt).length;
  }

  #count(window: Window | undefined) {
    const falling = this.places.filter(({ dueAt }) => isWithin(dueAt, window));
    return { falling: falling.length, living: this.#living() };
  }
}

/** Three years of a fleet: nothing runs at times, and each clock jumps at times. */
function live(draw: Draw): void {
  const fleet = new Fleet(draw);
  const skews = { own: 0, database: 0 };
  const clocks = (moment: Date) => ({
    own: addSeconds(moment, skews.own),
    database: addSeconds(moment, skews.database),
  });
  const look = (moment: Date) => {
    const { own, database } = clocks(moment);
    fleet.look(own, database);
    return earlierOf(own, database);
  };
  for (let now = START; now < YEARS_LATER;) {
    const next = addSeconds(now, 1 + draw(14 * DAY));
    const isDown = draw(9) === 0;
    if (!isDown) {
      look(now);
      const { own, database } = clocks(next);
      fleet.watch(earlierOf(own, database));
    }
    now = next;
    jump(draw, skews);
    if (!isDown) look(now);
    const { own } = clocks(now);
    fleet.decide(own);
    fleet.places.forEach(place => place.ask(own));
  }
  for (const { ends, told, approved } of fleet.places) {
    seen.ends += ends;
    seen.told += told;
    seen.approved += approved;
  }
}

/** Each clock by itself, or both together as on one machine. */
function jump(draw: Draw, skews: { own: number; database: number }): void {
  const which = draw(19);
  if (which > 9) return;
  const skew = [0, 0, DAY, -HOUR][draw(3)];
  if (which !== 0) skews.own = skew;
  if (which !== 1) skews.database = skew;
}

describe('leases over three years', () => {
  it('end neither early nor late, whatever is asked for, whoever is down, and whatever the clocks say, and no warning is lost or given twice', () => {
    fc.assert(
      // Always the same draw: fast-check compares each with all others before.
      fc.property(fc.gen(), any => live(max => any(fc.nat, ANY) % (max + 1))),
      { numRuns: FLEETS, endOnFailure: true },
    );
    const all = FLEETS * PLACES;
    expect(seen.ends).toBeGreaterThan(10 * all);
    expect(seen.told).toBeGreaterThan(10 * all);
    expect(seen.approved).toBeGreaterThan(all);
    expect(seen.leaps).toBeGreaterThan(10 * FLEETS);
    expect(seen.brakes).toBeGreaterThan(FLEETS);
    expect(seen.lifted).toBeGreaterThan(0);
    expect(seen.words).toBeGreaterThan(FLEETS);
  });
});
