import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const READY_WITHIN_MS = 180_000;
const POLL_MS = 25;

export interface BackendProcessOptions {
  repository: string;
  /** Entry file, relative to packages/backend. */
  entry: string;
  /** Laid over app-config.yaml. */
  config: object;
  /** Exists; takes log, configuration and what the backend keeps on this machine. */
  folder: string;
  /** Names its log and its configuration in the folder. */
  name: string;
  /** Where its readiness is asked for. */
  port: number;
  env?: NodeJS.ProcessEnv;
}

/** A backend, or a worker, of the packages of this checkout. */
export class BackendProcess {
  readonly exited: Promise<unknown>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly options: BackendProcessOptions,
  ) {
    this.exited = once(child, 'exit');
  }

  static async start(options: BackendProcessOptions): Promise<BackendProcess> {
    const { repository, entry, folder, name, port } = options;
    const config = join(folder, `app-config.${name}.yaml`);
    await writeFile(config, JSON.stringify(options.config));
    const log = await open(logOf(options), 'a');
    const child = spawn(
      process.execPath,
      [
        '--no-node-snapshot',
        '--require',
        join(
          repository,
          'node_modules/@backstage/cli/config/nodeTransform.cjs',
        ),
        entry,
        ...['--config', join(repository, 'app-config.yaml')],
        ...['--config', config],
      ],
      {
        cwd: join(repository, 'packages/backend'),
        env: {
          ...process.env,
          NODE_ENV: 'development',
          GREENROOM_PORT: String(port),
          GREENROOM_HOME: folder,
          ...options.env,
        },
        stdio: ['ignore', log.fd, log.fd],
      },
    );
    await log.close();
    return new BackendProcess(child, options);
  }

  get pid(): number {
    return this.child.pid!;
  }

  get isOver(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** @throws when it ends before or is not ready in three minutes; the message holds the end of its log */
  async untilReady(): Promise<void> {
    const { port, name } = this.options;
    const url = `http://localhost:${port}/.backstage/health/v1/readiness`;
    const deadline = performance.now() + READY_WITHIN_MS;
    while (!this.isOver && performance.now() < deadline) {
      const ready = await fetch(url).then(
        response => response.ok,
        () => false,
      );
      if (ready) return;
      await new Promise(resolve => setTimeout(resolve, POLL_MS));
    }
    const what = this.isOver ? 'ended' : 'was not ready within three minutes';
    throw new Error(`The ${name} ${what}.\n${await this.logTail()}`);
  }

  signal(signal: NodeJS.Signals): void {
    if (!this.isOver) this.child.kill(signal);
  }

  /** Resolves once it has ended. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.isOver) return;
    this.child.kill(signal);
    await this.exited;
  }

  async logTail(): Promise<string> {
    const text = await readFile(logOf(this.options), 'utf8');
    return text.split('\n').slice(-20).join('\n');
  }
}

function logOf({ folder, name }: BackendProcessOptions): string {
  return join(folder, `${name}.log`);
}
