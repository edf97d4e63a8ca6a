import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Knex } from 'knex';

export interface WorkerProcessOptions {
  connection: {
    host: string;
    port: number;
    user: string;
    password: string;
    database: string;
  };
  /** Folder of the DirectoryFaultWorld in which the driver `fault` makes things. */
  world: string;
  /** How long each call of the driver takes. */
  callMs: number;
  /** `environments.worker` of its configuration. */
  worker: {
    workDirectory: string;
    concurrency?: number;
    drainSeconds?: number;
    limits?: { perOwner?: number; drivers?: Record<string, number> };
  };
}

/** What a worker says once a signal has made it take nothing more. */
export const TOLD_TO_STOP = 'This worker was told to stop';

/** A worker alone, as a process of its own. */
export interface WorkerProcess {
  /** Ends the name under which it holds claims: `<host>:<pid>`. */
  pid: number;
  signal(name: NodeJS.Signals): void;
  /** It could not start, or broke down. */
  isBroken(): boolean;
  /** Exit code, or the signal that ended it. */
  exited: Promise<number | NodeJS.Signals>;
  output(): string;
}

export function startWorkerProcess(
  options: WorkerProcessOptions,
): WorkerProcess {
  const child: ChildProcess = spawn(
    process.execPath,
    [
      '--no-node-snapshot',
      ...[
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      ],
      join(__dirname, 'workerProcess.ts'),
      JSON.stringify(options),
    ],
    {
      env: { ...process.env, NODE_ENV: 'development' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const keep = (text: string) => {
    output += text;
  };
  child.stdout!.setEncoding('utf8').on('data', keep);
  child.stderr!.setEncoding('utf8').on('data', keep);
  return {
    pid: child.pid!,
    signal: name => child.kill(name),
    exited: once(child, 'exit').then(([code, signal]) => code ?? signal),
    isBroken: () => (child.exitCode ?? 0) !== 0,
    output: () => output,
  };
}

/** The connection of a test database, as another process takes it. */
export function connectionOf(knex: Knex): WorkerProcessOptions['connection'] {
  // Named one by one: knex hides the password from whoever copies the object.
  const { host, port, user, password, database } =
    knex.client.config.connection;
  return { host, port, user, password, database };
}
