import { Config } from '@backstage/config';
import { RootConfigService } from '@backstage/backend-plugin-api';
import { parseDurationSeconds } from '@greenroom/plugin-environments-common';
import { readMatch } from '../environments/match';
import { requireKnown } from '../settingKeys';
import { LeaseRuleSetting } from './rules';

const SETTING = 'environments.leases.rules';
const KEYS = [
  'match',
  'default',
  'min',
  'max',
  'extensions',
  'holdMax',
  'jitter',
  'allowUnlimited',
];

/** @throws with the place of the first setting that can't be meant so */
export function readLeaseRules(config: RootConfigService): LeaseRuleSetting[] {
  const rules = config.getOptionalConfigArray(SETTING) ?? [];
  return rules.map((rule, index) => readRule(rule, `${SETTING}[${index}]`));
}

function readRule(rule: Config, at: string): LeaseRuleSetting {
  requireKnown(rule, at, KEYS);
  const extensions = rule.getOptionalConfig('extensions');
  if (extensions) requireKnown(extensions, `${at}.extensions`, ['max', 'by']);
  const setting: LeaseRuleSetting = {
    match: readMatch(rule, at),
    defaultSeconds: readDuration(rule, 'default', at),
    minSeconds: readDuration(rule, 'min', at),
    maxSeconds: readDuration(rule, 'max', at),
    extensions: readCount(extensions, `${at}.extensions.max`),
    extendBySeconds:
      extensions && readDuration(extensions, 'by', `${at}.extensions`),
    holdMaxSeconds: readDuration(rule, 'holdMax', at),
    jitterSeconds: readDuration(rule, 'jitter', at),
    allowUnlimited: rule.getOptionalBoolean('allowUnlimited'),
  };
  requireOrder(setting, at);
  return setting;
}

function requireOrder(
  { defaultSeconds, minSeconds, maxSeconds }: LeaseRuleSetting,
  at: string,
): void {
  const low = Math.max(minSeconds ?? 0, 0);
  const high = maxSeconds ?? Infinity;
  if (low > high) {
    throw new Error(
      `${at}.min is longer than its max; make it shorter, or the max longer.`,
    );
  }
  if (
    defaultSeconds !== undefined &&
    (defaultSeconds < low || defaultSeconds > high)
  ) {
    throw new Error(
      `${at}.default is not between its min and its max; choose one that is.`,
    );
  }
}

function readDuration(
  config: Config,
  key: string,
  at: string,
): number | undefined {
  const text = config.getOptionalString(key);
  if (text === undefined) return undefined;
  const seconds = parseDurationSeconds(text);
  if (seconds !== undefined) return seconds;
  throw new Error(
    `${at}.${key} is "${text}"; write a duration like 90m, 36h or 14d.`,
  );
}

function readCount(
  extensions: Config | undefined,
  at: string,
): number | undefined {
  const count = extensions?.getOptionalNumber('max');
  if (count === undefined || (Number.isInteger(count) && count >= 0)) {
    return count;
  }
  throw new Error(
    `${at} is ${count}; write how often a lease may be extended, 0 for never.`,
  );
}
