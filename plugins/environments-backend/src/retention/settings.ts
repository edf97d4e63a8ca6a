import { RootConfigService } from '@backstage/backend-plugin-api';
import { parseDurationSeconds } from '@greenroom/plugin-environments-common';

export interface RetentionSettings {
  /** How long a log is kept after its operation has ended. */
  logsSeconds: number;
  /** How long the states of an environment are kept after it was destroyed. */
  destroyedStatesSeconds: number;
  /** Newest versions that are kept of each state. */
  stateVersions: number;
}

const SECTION = 'environments.retention';
const DEFAULTS = {
  logs: '90d',
  destroyedStates: '90d',
  stateVersions: 200,
};

/** @throws when a setting is no duration, or keeps nothing */
export function readRetentionSettings(
  config: RootConfigService,
): RetentionSettings {
  const retention = config.getOptionalConfig(SECTION);
  const seconds = (name: 'logs' | 'destroyedStates') => {
    const text = retention?.getOptionalString(name) ?? DEFAULTS[name];
    const parsed = parseDurationSeconds(text);
    if (parsed) return parsed;
    throw new Error(
      `${SECTION}.${name} is "${text}"; write how long they are kept like 12h or 90d.`,
    );
  };
  const stateVersions =
    retention?.getOptionalNumber('stateVersions') ?? DEFAULTS.stateVersions;
  if (!Number.isInteger(stateVersions) || stateVersions < 1) {
    throw new Error(
      `${SECTION}.stateVersions is ${stateVersions}; it must be a whole number of at least 1, for the current version is always kept.`,
    );
  }
  return {
    logsSeconds: seconds('logs'),
    destroyedStatesSeconds: seconds('destroyedStates'),
    stateVersions,
  };
}
