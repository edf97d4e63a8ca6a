import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { residentBytes } from './memory';

/** A backend started for one measurement, on a database and a port of its own. */
export interface BenchPortal {
  /** Base address of the environments API. */
  apiUrl: string;
  /** Opens the API as a service, so that no measurement depends on a sign-in. */
  token: string;
  /** From spawning the process until its readiness endpoint answered 200. */
  readyMs: number;
  /** Memory of the process right now, in bytes. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 180_000;

/**
 * Starts a backend and waits until it is ready.
 *
 * @param entry - entry file, relative to packages/backend
 * @throws when the process ends or is not ready in three minutes; the message holds the end of its log
 */
export async function startBenchPortal(options: {
  repository: string;
  entry: string;
}): Promise<BenchPortal> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-bench-'));
  const port = await freePort();
  const token = randomBytes(24).toString('hex');
  const database = `bench_${randomBytes(6).toString('hex')}`;
  const logFile = join(folder, 'backend.log');
  const config = join(folder, 'app-config.bench.yaml');
  await writeFile(config, benchConfig({ port, token, database, folder }));
  await runSql(`CREATE DATABASE ${database}`);

  const log = await open(logFile, 'w');
  const backend = join(options.repository, 'packages/backend');
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    [
      '--no-node-snapshot',
      '--require',
      join(
        options.repository,
        'node_modules/@backstage/cli/config/nodeTransform.cjs',
      ),
      options.entry,
      '--config',
      join(options.repository, 'app-config.yaml'),
      '--config',
      config,
    ],
    {
      cwd: backend,
      env: {
        ...process.env,
        NODE_ENV: 'development',
        GREENROOM_PORT: String(port),
        GREENROOM_HOME: folder,
      },
      stdio: ['ignore', log.fd, log.fd],
    },
  );
  const exited = once(child, 'exit');
  await log.close();

  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await exited;
    }
    await runSql(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    await rm(folder, { recursive: true, force: true });
  };

  try {
    await untilReady(`http://localhost:${port}`, () => child.exitCode);
  } catch (error) {
    const tail = (await readFile(logFile, 'utf8')).split('\n').slice(-20);
    await stop();
    throw new Error(`${(error as Error).message}\n${tail.join('\n')}`);
  }
  return {
    apiUrl: `http://localhost:${port}/api/environments`,
    token,
    readyMs: performance.now() - startedAt,
    memory: () => residentBytes(child.pid!),
    stop,
  };
}

async function untilReady(
  baseUrl: string,
  exitCode: () => number | null,
): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    if (exitCode() !== null) {
      throw new Error(`The backend ended with code ${exitCode()}.`);
    }
    const ready = await fetch(`${baseUrl}/.backstage/health/v1/readiness`).then(
      response => response.ok,
      () => false,
    );
    if (ready) return;
    await new Promise(resolve => setTimeout(resolve, 25));
  }
  throw new Error('The backend was not ready within three minutes.');
}

function benchConfig(options: {
  port: number;
  token: string;
  database: string;
  folder: string;
}): string {
  return JSON.stringify({
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
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('The system gave no port.');
  }
  return address.port;
}

async function runSql(sql: string): Promise<void> {
  const client = new Client({
    host: process.env.POSTGRES_HOST,
    port: Number(process.env.POSTGRES_PORT),
    user: process.env.POSTGRES_USER,
    password: process.env.POSTGRES_PASSWORD,
    database: 'postgres',
  });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
