import {
  EnvironmentLease,
  formatDurationSeconds,
} from '@greenroom/plugin-environments-common';
import { DateTime } from 'luxon';

const HOUR = 3600;
const DAY = 24 * HOUR;
const ROUND_SECONDS = [HOUR, 4 * HOUR, 8 * HOUR, DAY, 3 * DAY, 7 * DAY];

/** One way to extend a lease. */
export interface ExtensionChoice {
  id: string;
  /** `4 h` */
  length: string;
  /** The length, and whether that is as far as it goes. */
  label: string;
  /** When the environment would end, ISO 8601. */
  until: string;
}

/**
 * The ways to extend a lease as of a moment, the usual one first, and as far as its limits let it last; none
 * where none is possible.
 */
export function extensionChoices(
  {
    expiresAt,
    extension: { usualSeconds, until: limit },
  }: Pick<EnvironmentLease, 'expiresAt' | 'extension'>,
  now: number,
): ExtensionChoice[] {
  if (!expiresAt) return [];
  // What is kept though its time was up is extended from now on.
  const from = DateTime.max(
    DateTime.fromISO(expiresAt),
    DateTime.fromMillis(now),
  );
  const most = limit
    ? Math.floor(DateTime.fromISO(limit).diff(from).as('seconds'))
    : undefined;
  if (most !== undefined && most <= 0) return [];
  const fits = (seconds: number) => most === undefined || seconds < most;
  const choice = (seconds: number, more = ''): ExtensionChoice => ({
    id: `${seconds}s`,
    length: formatDurationSeconds(seconds),
    label: `${formatDurationSeconds(seconds)}${more}`,
    until: from.plus({ seconds }).toUTC().toISO()!,
  });
  const lengths = [
    ...(usualSeconds === undefined ? [] : [usualSeconds]),
    ...ROUND_SECONDS.filter(seconds => seconds !== usualSeconds),
  ].filter(fits);
  const choices = lengths.map(seconds => choice(seconds));
  return most === undefined
    ? choices
    : [...choices, choice(most, ', as far as it goes')];
}

/** `1 of 3 extensions used`; undefined where they are not counted. */
export function usedText({
  extensionsUsed,
  rules,
}: Pick<EnvironmentLease, 'extensionsUsed' | 'rules'>): string | undefined {
  return rules.extensions
    ? `${extensionsUsed} of ${rules.extensions.value} used`
    : undefined;
}
