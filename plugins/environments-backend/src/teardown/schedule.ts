import { addSeconds } from '../clock';

/** The first retry comes soon, for what was a hiccup; later ones do not hammer what is broken. */
export const FIRST_RETRY_SECONDS = 60;
export const LONGEST_RETRY_SECONDS = 6 * 3600;
/** Spreads the retries of many environments that failed for one reason. */
export const JITTER = 0.2;

/**
 * When a teardown that failed is tried again: 1 min later, doubling to 6 h, a fifth more or less.
 *
 * @param failures how many have failed in a row, this one included
 * @param random from 0 to 1
 */
export function nextAttemptAt(
  now: Date,
  failures: number,
  random: number,
): Date {
  const seconds = Math.min(
    FIRST_RETRY_SECONDS * 2 ** (failures - 1),
    LONGEST_RETRY_SECONDS,
  );
  return addSeconds(now, seconds * (1 + JITTER * (2 * random - 1)));
}
