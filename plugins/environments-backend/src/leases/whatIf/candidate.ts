import { ConfigReader } from '@backstage/config';
import { isError } from '@backstage/errors';
import { JsonObject } from '@greenroom/plugin-environments-common';
import { InputProblemError } from '../../errors';
import { LeaseRuleSetting } from '../rules';
import { readLeaseRules } from '../settings';

const SETTING = 'environments.leases.';

/**
 * Reads rules exactly as those of the configuration are read.
 *
 * @throws InputProblemError with the place of the first that can't be meant so
 */
export function readCandidateRules(rules: JsonObject[]): LeaseRuleSetting[] {
  const config = new ConfigReader(
    { environments: { leases: { rules } } },
    'the rules to try',
  );
  try {
    return readLeaseRules(config);
  } catch (error) {
    if (!isError(error)) throw error;
    const message = error.message.replaceAll(SETTING, '');
    throw new InputProblemError({
      code: 'lease.rules.invalid',
      field: fieldOf(message),
      message,
      remedy: 'Write it as environments.leases.rules of the configuration.',
    });
  }
}

/** The rules as a configuration would write them. */
export function writeRules(
  settings: readonly LeaseRuleSetting[],
): JsonObject[] {
  return settings.map(
    setting =>
      defined({
        match: defined({ ...setting.match }),
        default: duration(setting.defaultSeconds),
        min: duration(setting.minSeconds),
        max: duration(setting.maxSeconds),
        extensions: defined({
          max: setting.extensions,
          by: duration(setting.extendBySeconds),
        }),
        holdMax: duration(setting.holdMaxSeconds),
        jitter: duration(setting.jitterSeconds),
        allowUnlimited: setting.allowUnlimited,
      }) ?? {},
  );
}

/** Without what is absent; undefined when nothing is left. */
function defined(
  values: Record<string, JsonObject[string] | undefined>,
): JsonObject | undefined {
  const entries = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** In the largest unit that it is a whole number of. */
function duration(seconds: number | undefined): string | undefined {
  if (seconds === undefined) return undefined;
  if (seconds % 86_400 === 0) return `${seconds / 86_400}d`;
  if (seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}

/** `/rules/0/max` from a text that names `rules[0].max`. */
function fieldOf(message: string): string {
  const [place] = /rules(\[\d+\])?(\.\w+|\[\d+\])*/.exec(message) ?? ['rules'];
  return `/${place.replaceAll(/\[(\d+)\]/g, '/$1').replaceAll('.', '/')}`;
}
