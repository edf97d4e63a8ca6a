import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackendProcess } from '../processes/backendProcess';
import { createDatabase, ThrowAwayDatabase } from '../processes/database';
import { freePort } from '../processes/ports';
import { residentBytes } from './memory';

/** A backend started for one measurement, on a database and a port of its own. */
export interface BenchPortal {
  /** Base address of the environments API. */
  apiUrl: string;
  /** Opens the API as a service, so that no measurement depends on a sign-in. */
  token: string;
  database: ThrowAwayDatabase;
  /** Everything that it and its workers keep on this machine. */
  folder: string;
  /** From spawning the process until its readiness endpoint answered 200. */
  readyMs: number;
  /** Memory of the process right now, in bytes. */
  memory(): Promise<number>;
  /** Another process on the same database. */
  join(options: {
    entry: string;
    name: string;
    environments?: object;
    env?: NodeJS.ProcessEnv;
  }): Promise<BackendProcess>;
  stop(): Promise<void>;
}

/**
 * Starts a backend and waits until it is ready.
 *
 * @param options - `entry`: relative to packages/backend; `environments`: laid over the
 *   configuration of that name
 * @throws when the process ends or is not ready in three minutes; the message holds the end of its log
 */
export async function startBenchPortal(options: {
  repository: string;
  entry: string;
  environments?: object;
  env?: (portal: { folder: string }) => NodeJS.ProcessEnv;
}): Promise<BenchPortal> {
  const { repository } = options;
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-bench-'));
  const port = await freePort();
  const token = randomBytes(24).toString('hex');
  const database = await createDatabase('bench');
  const portalUrl = `http://localhost:${port}`;
  const start = async (given: {
    entry: string;
    name: string;
    port: number;
    environments?: object;
    env?: NodeJS.ProcessEnv;
  }) =>
    BackendProcess.start({
      ...given,
      repository,
      folder,
      config: benchConfig({ ...given, token, database: database.name }),
    });

  const startedAt = performance.now();
  const backend = await start({
    ...options,
    name: 'portal',
    port,
    env: options.env?.({ folder }),
  });
  const stop = async () => {
    await backend.stop();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await backend.untilReady();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    apiUrl: `${portalUrl}/api/environments`,
    token,
    database,
    folder,
    readyMs: performance.now() - startedAt,
    memory: () => residentBytes(backend.pid),
    join: async given =>
      start({
        ...given,
        port: await freePort(),
        environments: {
          ...given.environments,
          states: { baseUrl: `${portalUrl}/api/environments` },
        },
      }),
    stop,
  };
}

function benchConfig(options: {
  port: number;
  token: string;
  database: string;
  environments?: object;
}): object {
  return {
    app: { baseUrl: `http://localhost:${options.port}` },
    backend: {
      baseUrl: `http://localhost:${options.port}`,
      listen: { port: options.port, host: '127.0.0.1' },
      database: { connection: { database: options.database } },
      auth: {
        externalAccess: [
          {
            type: 'static',
            options: { token: options.token, subject: 'bench' },
          },
        ],
      },
    },
    ...(options.environments && { environments: options.environments }),
  };
}
