import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  DiscoveryService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { parseDurationSeconds } from '@greenroom/plugin-environments-common';
import { Keyring, SecretKey } from './secrets/keyring';

export interface WorkerSettings {
  enabled: boolean;
  /** Operations at once. */
  concurrency: number;
  workDirectory: string;
}

const DEFAULT_CONCURRENCY = 2;
const DEFAULT_CONFIRM_WITHIN = '24h';
const SHORTEST_SECRET = 32;

/** How long an operation waits for somebody to confirm its plan. */
export function readConfirmWithinSeconds(config: RootConfigService): number {
  const setting = 'environments.operations.confirmWithin';
  const text = config.getOptionalString(setting) ?? DEFAULT_CONFIRM_WITHIN;
  const seconds = parseDurationSeconds(text);
  if (seconds) return seconds;
  throw new Error(
    `${setting} is "${text}"; write how long a plan waits to be confirmed like 8h or 2d.`,
  );
}

export function readWorkerSettings(config: RootConfigService): WorkerSettings {
  const worker = config.getOptionalConfig('environments.worker');
  const concurrency =
    worker?.getOptionalNumber('concurrency') ?? DEFAULT_CONCURRENCY;
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new Error(
      `environments.worker.concurrency is ${concurrency}; it must be a whole number of at least 1. To run no operations in this process, set environments.worker.enabled to false.`,
    );
  }
  return {
    enabled: worker?.getOptionalBoolean('enabled') ?? true,
    concurrency,
    workDirectory: resolve(
      worker?.getOptionalString('workDirectory') ??
        join(tmpdir(), 'greenroom-work'),
    ),
  };
}

/** Where the tools that operations start find the state protocol. */
export async function readStatesUrl(
  config: RootConfigService,
  discovery: DiscoveryService,
): Promise<string> {
  const baseUrl =
    config.getOptionalString('environments.states.baseUrl') ??
    (await discovery.getBaseUrl('environments'));
  return `${baseUrl.replace(/\/$/, '')}/states`;
}

/**
 * The keys that states and sensitive outputs are sealed with.
 *
 * @throws in production when there are none: what is sealed with a key that everyone knows is open
 */
export function readKeyring(
  config: RootConfigService,
  nodeEnv: string | undefined,
  logger: LoggerService,
): Keyring {
  const setting = 'environments.secrets.keys';
  const [first, ...others] = (config.getOptionalConfigArray(setting) ?? []).map(
    (entry): SecretKey => {
      const id = entry.getString('id');
      const secret = entry.getString('secret');
      if (secret.length < SHORTEST_SECRET) {
        throw new Error(
          `The secret of the key "${id}" in ${setting} has ${secret.length} characters; give it at least ${SHORTEST_SECRET}, for example by: openssl rand -base64 32`,
        );
      }
      return { id, secret };
    },
  );
  if (first) return new Keyring([first, ...others]);
  if (nodeEnv === 'production') {
    throw new Error(
      `Terraform states hold secrets, and ${setting} is empty. Give it one key, {id, secret}, with a secret of at least ${SHORTEST_SECRET} characters, for example by: openssl rand -base64 32`,
    );
  }
  logger.warn(
    `${setting} is empty: states are sealed with a key for development that everyone knows`,
  );
  return new Keyring([
    { id: 'development', secret: 'known to everyone, for development only' },
  ]);
}
