import {
  BLUEPRINT_LIMITS,
  formatDurationSeconds,
  LeaseLimit,
  LeaseRules,
  parseDurationSeconds,
  Problem,
} from '@greenroom/plugin-environments-common';
import { limitedBy } from './words';

export interface GrantDecision {
  /** Absent: the environment does not expire. */
  seconds?: number;
  /** For the record: `2 min chosen at the request`. */
  reason: string;
  rule: string;
  problems: Problem[];
}

/**
 * How long an environment is to live: as requested, else the default, else the maximum.
 *
 * @param spread where it lies between 0 and 1, for rules that spread what ends together
 */
export function decideGrant(
  rules: LeaseRules,
  requested: string | undefined,
  spread: number,
): GrantDecision {
  if (requested !== undefined) return decideRequested(rules, requested);
  const usual = rules.default ?? rules.max;
  if (usual) return decideUsual(rules, usual, spread);
  const { endRequiredBy } = rules;
  if (endRequiredBy === undefined) {
    return {
      reason: 'the blueprint sets no TTL',
      rule: 'ttl.none',
      problems: [],
    };
  }
  return refused({
    code: 'ttl.required',
    message: `Environments like this one must have an end (${endRequiredBy}), and its blueprint sets none.`,
    remedy: 'Say for how long it is needed, such as 36h or 14d.',
  });
}

/** Earlier than usual rather than later: no limit is in the way, but the minimum. */
function decideUsual(
  rules: LeaseRules,
  { value, rule }: LeaseLimit,
  spread: number,
): GrantDecision {
  const what = rules.default ? 'default' : 'maximum';
  const whose = rule.startsWith('ttl.') ? "the blueprint's" : "this portal's";
  const reason = `${formatDurationSeconds(value)}, ${whose} ${what}`;
  const { jitter, min } = rules;
  const most = Math.min(
    jitter?.value ?? 0,
    value / 2,
    value - (min?.value ?? 0),
  );
  const less = Math.floor(most * spread);
  if (!jitter || less === 0) {
    return { seconds: value, reason, rule, problems: [] };
  }
  return {
    seconds: value - less,
    reason: `${reason}, less ${formatDurationSeconds(less)} of jitter`,
    rule: `${rule}, ${jitter.rule}`,
    problems: [],
  };
}

function decideRequested(rules: LeaseRules, requested: string): GrantDecision {
  const seconds = parseDurationSeconds(requested);
  if (seconds === undefined) {
    return refused({
      code: 'ttl.invalid',
      message: `"${requested.slice(0, 40)}" is not a time to live.`,
      remedy: 'Write a whole number and a unit: 90s, 2m, 36h or 14d.',
    });
  }
  const said = formatDurationSeconds(seconds);
  const max = rules.max ?? {
    value: BLUEPRINT_LIMITS.ttlSeconds,
    rule: 'ttl.max',
  };
  if (seconds > max.value) {
    const most = formatDurationSeconds(max.value);
    return refused({
      code: 'ttl.too-long',
      message: `${said} is longer than the ${most} that ${limitedBy(max.rule)}.`,
      remedy: `Choose ${most} or less.`,
    });
  }
  if (rules.min && seconds < rules.min.value) {
    const least = formatDurationSeconds(rules.min.value);
    return refused({
      code: 'ttl.too-short',
      message: `${said} is shorter than the ${least} that ${limitedBy(rules.min.rule)}.`,
      remedy: `Choose ${least} or more.`,
    });
  }
  const reason = `${said} chosen at the request`;
  return { seconds, reason, rule: 'ttl.requested', problems: [] };
}

function refused(problem: Omit<Problem, 'field'>): GrantDecision {
  return {
    reason: problem.message,
    rule: problem.code,
    problems: [{ field: '/ttl', ...problem }],
  };
}
