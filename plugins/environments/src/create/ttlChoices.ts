import {
  BlueprintTtl,
  formatDurationSeconds,
  parseDurationSeconds,
} from '@greenroom/plugin-environments-common';
import { DAY_SECONDS, HOUR_SECONDS, ROUND_LENGTHS } from '../time/roundLengths';

const UNITS = [
  ['d', DAY_SECONDS],
  ['h', HOUR_SECONDS],
  ['m', 60],
  ['s', 1],
] as const;

/** Stands for what the blueprint sets. */
export const USUAL = 'usual';

/** How long an environment may live. */
export interface TtlChoice {
  id: string;
  label: string;
  /** Absent: it does not end. */
  seconds?: number;
}

/** The blueprint's own length first, then a few round ones within its maximum, and the maximum itself. */
export function ttlChoices(ttl: BlueprintTtl): TtlChoice[] {
  const { defaultSeconds, maxSeconds } = ttl;
  const others = ROUND_LENGTHS.filter(
    seconds =>
      seconds !== defaultSeconds &&
      (maxSeconds === undefined || seconds < maxSeconds),
  );
  if (maxSeconds !== undefined && maxSeconds !== defaultSeconds) {
    others.push(maxSeconds);
  }
  return [
    usualChoice(ttl),
    ...others.map(seconds => ({
      id: durationText(seconds),
      label:
        seconds === maxSeconds
          ? `${formatDurationSeconds(seconds)}, the most`
          : formatDurationSeconds(seconds),
      seconds,
    })),
  ];
}

/** What is taken when nobody chooses: the request then names no length, and the record says that it is the blueprint's. */
export function usualChoice({ defaultSeconds }: BlueprintTtl): TtlChoice {
  return defaultSeconds === undefined
    ? { id: USUAL, label: 'No end' }
    : {
        id: USUAL,
        label: `${formatDurationSeconds(defaultSeconds)}, as usual`,
        seconds: defaultSeconds,
      };
}

/** Seconds as the API takes them, in the largest unit that fits: `2h`, `90m`. */
export function durationText(seconds: number): string {
  for (const [unit, size] of UNITS) {
    if (seconds % size === 0) return `${seconds / size}${unit}`;
  }
  return `${Math.ceil(seconds)}s`;
}

/** What is wrong with a length that somebody typed; undefined when nothing is. */
export function ttlError(text: string, ttl: BlueprintTtl): string | undefined {
  const seconds = parseDurationSeconds(text);
  if (seconds === undefined) {
    return 'Enter a whole number with s, m, h or d, such as 90m or 2d.';
  }
  if (ttl.maxSeconds !== undefined && seconds > ttl.maxSeconds) {
    return `At most ${formatDurationSeconds(ttl.maxSeconds)}.`;
  }
  return undefined;
}
