import {
  BlueprintTtl,
  LeaseLimit,
  LeaseRules,
} from '@greenroom/plugin-environments-common';
import { EnvironmentMatch, matches, RuleSubject } from '../environments/match';

/** What the configuration narrows for the environments that it matches. */
export interface LeaseRuleSetting {
  match: EnvironmentMatch;
  defaultSeconds?: number;
  minSeconds?: number;
  maxSeconds?: number;
  extensions?: number;
  extendBySeconds?: number;
  holdMaxSeconds?: number;
  jitterSeconds?: number;
  /** False: none without an end. */
  allowUnlimited?: boolean;
}

/** Where nobody says otherwise: long enough for an incident over a long weekend. */
const HOLD_MAX: LeaseLimit = { value: 7 * 86_400, rule: 'lease.hold.max' };

type Limits = {
  [
    Name in
      | 'default'
      | 'min'
      | 'max'
      | 'extensions'
      | 'extendBy'
      | 'holdMax'
      | 'jitter'
  ]?: LeaseLimit;
};

/**
 * The rules in force: the blueprint's, narrowed by each setting that matches. The narrowest wins,
 * whatever the order; where minimum and maximum contradict each other, the maximum does.
 */
export function leaseRules(
  ttl: BlueprintTtl,
  settings: readonly LeaseRuleSetting[],
  subject: RuleSubject,
): LeaseRules {
  const matching = settings.flatMap((setting, index) =>
    matches(setting.match, subject)
      ? [{ setting, rule: `config.leases.rules[${index}]` }]
      : [],
  );
  const { holdMax = HOLD_MAX, ...limits } = matching
    .map(({ setting, rule }) => limitsOf(setting, rule))
    .reduce(narrowed, {
      default: limit(ttl.defaultSeconds, 'ttl.default'),
      min: limit(ttl.minSeconds, 'ttl.min'),
      max: limit(ttl.maxSeconds, 'ttl.max'),
      extensions: limit(ttl.extensions, 'ttl.extensions.max'),
      extendBy: limit(ttl.extendBySeconds, 'ttl.extensions.by'),
    });
  const min = limits.min && smaller(limits.min, limits.max);
  const usual =
    limits.default && larger(smaller(limits.default, limits.max), min);
  const strict = matching.find(
    ({ setting }) => setting.allowUnlimited === false,
  );
  return {
    ...limits,
    min,
    default: usual,
    holdMax,
    endRequiredBy: strict && `${strict.rule}.allowUnlimited`,
  };
}

function limitsOf(setting: LeaseRuleSetting, rule: string): Limits {
  return {
    default: limit(setting.defaultSeconds, `${rule}.default`),
    min: limit(setting.minSeconds, `${rule}.min`),
    max: limit(setting.maxSeconds, `${rule}.max`),
    extensions: limit(setting.extensions, `${rule}.extensions.max`),
    extendBy: limit(setting.extendBySeconds, `${rule}.extensions.by`),
    holdMax: limit(setting.holdMaxSeconds, `${rule}.holdMax`),
    jitter: limit(setting.jitterSeconds, `${rule}.jitter`),
  };
}

function narrowed(before: Limits, more: Limits): Limits {
  return {
    default: smaller(before.default, more.default),
    min: larger(before.min, more.min),
    max: smaller(before.max, more.max),
    extensions: smaller(before.extensions, more.extensions),
    extendBy: smaller(before.extendBy, more.extendBy),
    holdMax: smaller(before.holdMax, more.holdMax),
    jitter: smaller(before.jitter, more.jitter),
  };
}

function limit(
  value: number | undefined,
  rule: string,
): LeaseLimit | undefined {
  return value === undefined ? undefined : { value, rule };
}

function smaller(one?: LeaseLimit, other?: LeaseLimit): LeaseLimit | undefined {
  if (!one || !other) return one ?? other;
  return other.value < one.value ? other : one;
}

function larger(one?: LeaseLimit, other?: LeaseLimit): LeaseLimit | undefined {
  if (!one || !other) return one ?? other;
  return other.value > one.value ? other : one;
}
