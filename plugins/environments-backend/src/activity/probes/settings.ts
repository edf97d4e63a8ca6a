import { Config } from '@backstage/config';
import { parseDurationSeconds } from '@greenroom/plugin-environments-common';
import { requireKnown } from '../../settingKeys';

/** A host that probes ask with headers of its own; it needs not be among those that may be read. */
export interface ProbeHost {
  origin: string;
  headers: Record<string, string>;
}

export interface ProbeSettings {
  timeoutMs: number;
  /** The largest answer that is read. */
  maxBytes: number;
  hosts: ProbeHost[];
}

const SETTING = 'environments.idle';
const DEFAULT_TIMEOUT = '10s';
const DEFAULT_KILOBYTES = 256;

/** What a header can hold; `fetch` would tell anything else in its error. */
const SENDABLE = /^[\x20-\x7e]+$/;

/** @throws Error that names the setting and what to write there, and no header */
export function readProbeSettings(config: Config): ProbeSettings {
  const root = config.getOptionalConfig(SETTING);
  if (root) requireKnown(root, SETTING, ['timeout', 'maxKilobytes', 'hosts']);
  const timeout = root?.getOptionalString('timeout') ?? DEFAULT_TIMEOUT;
  const seconds = parseDurationSeconds(timeout);
  if (!seconds || seconds > 60) {
    throw new Error(
      `${SETTING}.timeout is "${timeout}"; write how long a probe waits for its answer, at most 60s.`,
    );
  }
  const kilobytes =
    root?.getOptionalNumber('maxKilobytes') ?? DEFAULT_KILOBYTES;
  if (!(kilobytes >= 1 && kilobytes <= 10_240)) {
    throw new Error(
      `${SETTING}.maxKilobytes is ${kilobytes}; write the largest answer that is read, from 1 to 10240.`,
    );
  }
  return {
    timeoutMs: seconds * 1000,
    maxBytes: kilobytes * 1024,
    hosts: (root?.getOptionalConfigArray('hosts') ?? []).map(readHost),
  };
}

function readHost(host: Config, index: number): ProbeHost {
  const at = `${SETTING}.hosts[${index}]`;
  requireKnown(host, at, ['url', 'headers']);
  const url = host.getString('url');
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new Error(
      `${at}.url is no web address; write one like https://prometheus.example.com.`,
    );
  }
  const names = host.getOptionalConfig('headers')?.keys() ?? [];
  const headers = Object.fromEntries(
    names.map(name => [name, host.getString(`headers.${name}`)]),
  );
  const wrong = names.find(name => !SENDABLE.test(headers[name]));
  if (wrong !== undefined) {
    throw new Error(
      `${at}.headers.${wrong} holds a line break or another character that no header has.`,
    );
  }
  return { origin: new URL(url).origin, headers };
}
