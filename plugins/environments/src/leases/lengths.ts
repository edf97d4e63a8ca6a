import {
  EnvironmentLease,
  formatDurationSeconds,
  LeaseLimit,
} from '@greenroom/plugin-environments-common';
import { DateTime } from 'luxon';
import { DAY_SECONDS, ROUND_LENGTHS } from '../time/roundLengths';

/** Lengths of a hold, up to as long as one may last. */
export function holdLengths({ value }: LeaseLimit): number[] {
  return [...ROUND_LENGTHS.filter(seconds => seconds < value), value];
}

/** By how much a lease may be extended where its limits don't count. */
export function overrideLengths(): number[] {
  return ROUND_LENGTHS.filter(seconds => seconds >= DAY_SECONDS);
}

/** By how much more than its limits allow somebody may ask a lease to be extended. */
export function askedLengths(
  { expiresAt, extension }: Pick<EnvironmentLease, 'expiresAt' | 'extension'>,
  now: DateTime,
): number[] {
  const from = DateTime.max(DateTime.fromISO(expiresAt ?? ''), now);
  const allowed =
    extension.problem || !extension.until
      ? 0
      : DateTime.fromISO(extension.until).diff(from).as('seconds');
  const beyond = overrideLengths().filter(seconds => seconds > allowed);
  return beyond.length > 0
    ? beyond
    : [Math.floor(allowed / DAY_SECONDS + 1) * DAY_SECONDS];
}

/** From now on, how long a lease that is shortened may still last. */
export function shorterLengths(
  { grantedAt, expiresAt, rules }: EnvironmentLease,
  now: DateTime,
): number[] {
  const least = rules.min
    ? DateTime.fromISO(grantedAt).plus({ seconds: rules.min.value })
    : now;
  return ROUND_LENGTHS.filter(seconds => {
    const end = now.plus({ seconds });
    return end >= least && (!expiresAt || end < DateTime.fromISO(expiresAt));
  });
}

/** Whose limit it is, where people can look it up. */
export function limitText({ value, rule }: LeaseLimit): string {
  return `${formatDurationSeconds(value)} at most (${rule})`;
}
