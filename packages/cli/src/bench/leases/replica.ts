import { ChildProcess, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PublishBlueprintRequest } from '@greenroom/plugin-environments-common';
import { IdleCost } from './figures';

type Idle = Omit<IdleCost, 'environments'>;

/** A process that sweeps leases and does nothing else, but what it is told. */
export class LeaseReplica {
  private constructor(
    private readonly child: ChildProcess,
    private readonly log: string,
  ) {}

  /** @throws when it ends before it is ready; the message holds the end of its log */
  static async start(options: {
    repository: string;
    database: string;
    /** Exists; takes its log and what it keeps on this machine. */
    folder: string;
    name: string;
    /** Carries operations as well. */
    worker: boolean;
  }): Promise<LeaseReplica> {
    const { repository, database, folder, name, worker } = options;
    const workDirectory = join(folder, name);
    await mkdir(workDirectory);
    const log = join(folder, `${name}.log`);
    const file = await open(log, 'a');
    const child = spawn(
      process.execPath,
      [
        '--no-node-snapshot',
        '--require',
        join(
          repository,
          'node_modules/@backstage/cli/config/nodeTransform.cjs',
        ),
        join(
          repository,
          'plugins/environments-backend/src/testing/leaseReplica.ts',
        ),
        JSON.stringify({ database, worker, workDirectory }),
      ],
      {
        env: { ...process.env, NODE_ENV: 'development' },
        stdio: ['ignore', file.fd, file.fd, 'ipc'],
      },
    );
    const replica = new LeaseReplica(child, log);
    const ready = replica.#answer();
    await file.close();
    await ready;
    return replica;
  }

  /** @returns the id of an environment that runs */
  async seed(blueprint: PublishBlueprintRequest): Promise<string> {
    return this.#order({ name: 'seed', blueprint });
  }

  async idle(rounds: number): Promise<Idle> {
    return this.#order({ name: 'idle', rounds });
  }

  /** Sweeps from now on, until it is stopped. */
  async sweep(): Promise<void> {
    await this.#order({ name: 'sweep' });
  }

  /** Resolves once it has ended. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill(signal);
    await once(this.child, 'exit');
  }

  async #order<T>(order: object): Promise<T> {
    this.child.send(order);
    return this.#answer<T>();
  }

  async #answer<T>(): Promise<T> {
    const heard = new AbortController();
    try {
      return await Promise.race([
        this.#message<T>(heard.signal),
        this.#end(heard.signal),
      ]);
    } finally {
      heard.abort();
    }
  }

  async #message<T>(signal: AbortSignal): Promise<T> {
    for await (const [message] of on(this.child, 'message', { signal })) {
      // What compiles its sources says over the same channel which they are.
      if ('answer' in message) return message.answer;
    }
    throw new Error('The channel to a replica ended.');
  }

  async #end(signal: AbortSignal): Promise<never> {
    await once(this.child, 'exit', { signal });
    const text = await readFile(this.log, 'utf8');
    throw new Error(
      `A replica ended.\n${text.split('\n').slice(-20).join('\n')}`,
    );
  }
}
