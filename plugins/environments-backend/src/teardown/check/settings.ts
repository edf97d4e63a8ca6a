import { RootConfigService } from '@backstage/backend-plugin-api';
import { parseDurationSeconds } from '@greenroom/plugin-environments-common';

const SETTING = 'environments.leases.checkTeardownBefore';
const DEFAULT = '24h';

/** @throws when it is no duration */
export function readCheckBeforeSeconds(config: RootConfigService): number {
  const text = config.getOptionalString(SETTING) ?? DEFAULT;
  const seconds = parseDurationSeconds(text);
  if (seconds !== undefined) return seconds;
  throw new Error(
    `${SETTING} is "${text}"; write how long before its end the teardown of an environment is checked, like 90m, 24h or 2d.`,
  );
}
