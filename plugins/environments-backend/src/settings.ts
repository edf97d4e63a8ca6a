import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  DiscoveryService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { parseDurationSeconds } from '@greenroom/plugin-environments-common';
import { ClaimLimits } from './operations/store/nextClaim';
import { Keyring, SecretKey } from './secrets/keyring';

export interface WorkerSettings {
  enabled: boolean;
  /** Operations at once. */
  concurrency: number;
  limits: ClaimLimits;
  workDirectory: string;
  /** What running operations get to end by themselves, when the process is told to stop. */
  drainSeconds: number;
}

const DEFAULT_CONCURRENCY = 2;
const DEFAULT_DRAIN_SECONDS = 10;
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
  const drainSeconds =
    worker?.getOptionalNumber('drainSeconds') ?? DEFAULT_DRAIN_SECONDS;
  if (!(drainSeconds >= 0)) {
    throw new Error(
      `environments.worker.drainSeconds is ${drainSeconds}; it must be a number of seconds, or 0 to interrupt operations at once.`,
    );
  }
  return {
    enabled: worker?.getOptionalBoolean('enabled') ?? true,
    concurrency:
      readCount(
        worker,
        'concurrency',
        'To run no operations in this process, set environments.worker.enabled to false.',
      ) ?? DEFAULT_CONCURRENCY,
    limits: readClaimLimits(worker),
    drainSeconds,
    workDirectory: resolve(
      worker?.getOptionalString('workDirectory') ??
        join(tmpdir(), 'greenroom-work'),
    ),
  };
}

type WorkerConfig = Pick<
  RootConfigService,
  'getOptionalConfig' | 'getOptionalNumber'
>;

function readClaimLimits(worker?: WorkerConfig): ClaimLimits {
  const advice = 'Leave it out for no limit.';
  const drivers = worker?.getOptionalConfig('limits.drivers')?.keys() ?? [];
  return {
    perOwner: readCount(worker, 'limits.perOwner', advice),
    drivers: Object.fromEntries(
      drivers.flatMap(id => {
        const limit = readCount(worker, `limits.drivers.${id}`, advice);
        return limit === undefined ? [] : [[id, limit]];
      }),
    ),
  };
}

function readCount(
  worker: WorkerConfig | undefined,
  key: string,
  advice: string,
): number | undefined {
  const count = worker?.getOptionalNumber(key);
  if (count === undefined || (Number.isInteger(count) && count >= 1)) {
    return count;
  }
  throw new Error(
    `environments.worker.${key} is ${count}; it must be a whole number of at least 1. ${advice}`,
  );
}

/**
 * Where the tools that operations start find the state protocol: in this process, or, where that
 * only works, at the portal's own address.
 */
export async function readStatesUrl(
  config: RootConfigService,
  discovery: DiscoveryService,
  { workerAlone = false } = {},
): Promise<string> {
  const baseUrl =
    config.getOptionalString('environments.states.baseUrl') ??
    (workerAlone
      ? await discovery.getExternalBaseUrl('environments')
      : await discovery.getBaseUrl('environments'));
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
