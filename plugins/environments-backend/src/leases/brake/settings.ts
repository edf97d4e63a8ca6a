import { Config } from '@backstage/config';
import { RootConfigService } from '@backstage/backend-plugin-api';
import { parseDurationSeconds } from '@greenroom/plugin-environments-common';
import { requireKnown } from '../../settingKeys';
import { BrakeSettings } from './leap';

const SETTING = 'environments.leases.brake';

/** A restart takes less, and what runs for days is not asked for in hours. */
const DEFAULTS: BrakeSettings = {
  leapSeconds: 900,
  sharePercent: 20,
  atLeast: 10,
};

/** A sweep that ends many leases looks at the clock as seldom as that. */
const LEAST_LEAP_SECONDS = 300;

/** @throws with the place of the first setting that can't be meant so */
export function readBrakeSettings(config: RootConfigService): BrakeSettings {
  const brake = config.getOptionalConfig(SETTING);
  if (!brake) return DEFAULTS;
  requireKnown(brake, SETTING, ['leap', 'sharePercent', 'atLeast']);
  return {
    leapSeconds: readLeap(brake) ?? DEFAULTS.leapSeconds,
    sharePercent:
      readWhole(brake, 'sharePercent', {
        min: 1,
        max: 100,
        what: 'how many of a hundred leases may end in one leap, 100 for all',
      }) ?? DEFAULTS.sharePercent,
    atLeast:
      readWhole(brake, 'atLeast', {
        min: 1,
        what: 'from how many leases on their ends in one leap are held',
      }) ?? DEFAULTS.atLeast,
  };
}

function readLeap(brake: Config): number | undefined {
  const text = brake.getOptionalString('leap');
  if (text === undefined) return undefined;
  const seconds = parseDurationSeconds(text);
  if (seconds !== undefined && seconds >= LEAST_LEAP_SECONDS) return seconds;
  throw new Error(
    `${SETTING}.leap is "${text}"; write a duration of 5m or more, like 15m or 8h.`,
  );
}

function readWhole(
  brake: Config,
  key: string,
  { min, max = Infinity, what }: { min: number; max?: number; what: string },
): number | undefined {
  const count = brake.getOptionalNumber(key);
  if (count === undefined) return undefined;
  if (Number.isInteger(count) && count >= min && count <= max) return count;
  throw new Error(`${SETTING}.${key} is ${count}; write ${what}.`);
}
