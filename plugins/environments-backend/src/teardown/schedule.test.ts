import fc from 'fast-check';
import { systemClock } from '../clock';
import {
  FIRST_RETRY_SECONDS,
  JITTER,
  LONGEST_RETRY_SECONDS,
  nextAttemptAt,
} from './schedule';

const now = systemClock.now();
const delay = (failures: number, random = 0.5) =>
  (nextAttemptAt(now, failures, random).getTime() - now.getTime()) / 1000;

const failures = fc.integer({ min: 1, max: 10_000 });
const random = fc.double({ min: 0, max: 1, noNaN: true });

describe('the next try of a failed teardown', () => {
  it('doubles from a minute, over an hour, to six', () => {
    expect([1, 2, 3, 7, 8, 10, 50].map(count => delay(count))).toEqual([
      60, 120, 240, 3840, 7680, 21_600, 21_600,
    ]);
  });

  it('is never sooner than the shortest delay nor later than the longest, with their jitter', () => {
    fc.assert(
      fc.property(failures, random, (count, luck) => {
        const seconds = delay(count, luck);
        // Dates know milliseconds only.
        expect(seconds).toBeGreaterThanOrEqual(
          FIRST_RETRY_SECONDS * (1 - JITTER) - 0.001,
        );
        expect(seconds).toBeLessThanOrEqual(
          LONGEST_RETRY_SECONDS * (1 + JITTER),
        );
      }),
    );
  });

  it('never comes sooner after one failure more, with the same luck', () => {
    fc.assert(
      fc.property(failures, random, (count, luck) => {
        expect(delay(count + 1, luck)).toBeGreaterThanOrEqual(
          delay(count, luck),
        );
      }),
    );
  });

  it('spreads by a fifth to either side', () => {
    expect(delay(1, 0)).toBeCloseTo(48);
    expect(delay(1, 1)).toBeCloseTo(72);
  });
});
