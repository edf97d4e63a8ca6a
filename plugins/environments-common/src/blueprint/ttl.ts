import { BlueprintTtl } from '../api/types';
import { formatDurationSeconds, parseDurationSeconds } from '../duration';
import { Problem } from '../problem';
import { BLUEPRINT_LIMITS, BlueprintDocument } from './document';

/** The TTL of a document in seconds, warnings from the earliest to the last. */
export function blueprintTtl(document: BlueprintDocument): BlueprintTtl {
  const { default: usual, max, warnBefore = [] } = document.spec.ttl;
  const seconds = (text?: string) =>
    text === undefined ? undefined : parseDurationSeconds(text);
  return {
    defaultSeconds: seconds(usual),
    maxSeconds: seconds(max),
    warnBeforeSeconds: warnBefore
      .map(seconds)
      .filter(value => value !== undefined)
      .sort((a, b) => b - a),
  };
}

export interface ResolvedTtl {
  /** Absent: the environment does not expire. */
  seconds?: number;
  /** For the record: `2 min chosen at the request`. */
  reason: string;
  problems: Problem[];
}

/** How long an environment lives: as requested, else the blueprint's default, else its maximum. */
export function resolveTtl(ttl: BlueprintTtl, requested?: string): ResolvedTtl {
  if (requested !== undefined) return requestedTtl(ttl, requested);
  const { defaultSeconds, maxSeconds } = ttl;
  if (defaultSeconds !== undefined) {
    const reason = `${formatDurationSeconds(defaultSeconds)}, the blueprint's default`;
    return { seconds: defaultSeconds, reason, problems: [] };
  }
  if (maxSeconds !== undefined) {
    const reason = `${formatDurationSeconds(maxSeconds)}, the blueprint's maximum`;
    return { seconds: maxSeconds, reason, problems: [] };
  }
  return { reason: 'the blueprint sets no TTL', problems: [] };
}

function requestedTtl(ttl: BlueprintTtl, requested: string): ResolvedTtl {
  const refuse = (code: string, message: string, remedy: string) => ({
    reason: message,
    problems: [{ code, message, field: '/ttl', remedy }],
  });
  const seconds = parseDurationSeconds(requested);
  if (seconds === undefined) {
    return refuse(
      'ttl.invalid',
      `"${requested.slice(0, 40)}" is not a time to live.`,
      'Write a whole number and a unit: 90s, 2m, 36h or 14d.',
    );
  }
  const max = ttl.maxSeconds ?? BLUEPRINT_LIMITS.ttlSeconds;
  if (seconds > max) {
    return refuse(
      'ttl.too-long',
      `${formatDurationSeconds(seconds)} is longer than the ${formatDurationSeconds(max)} that this blueprint allows.`,
      `Choose ${formatDurationSeconds(max)} or less.`,
    );
  }
  const reason = `${formatDurationSeconds(seconds)} chosen at the request`;
  return { seconds, reason, problems: [] };
}
