import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort } from '../tools/launcher/ports.mjs';

const root = resolve(__dirname, '..');
const MOVED_CLOCK = pathToFileURL(join(__dirname, 'clock/movedClock.mjs')).href;
const READY_WITHIN_MS = 10 * 60_000;

/** A portal brought up as a newcomer does it, with a port and data of its own. */
export class Portal {
  static async create(): Promise<Portal> {
    const state = join(root, '.greenroom');
    await mkdir(state, { recursive: true });
    const portal = new Portal(
      await mkdtemp(join(state, 'e2e-')),
      await freePort(),
    );
    await portal.setClock();
    return portal;
  }

  #process?: ChildProcess;
  #aheadMs = 0;

  private constructor(
    readonly home: string,
    private readonly port: number,
  ) {}

  get #clock(): string {
    return join(this.home, 'clock');
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** What the portal's clock shows. */
  get now(): Date {
    return new Date(Date.now() + this.#aheadMs);
  }

  /** Sets the wall clock of the portal, but not of its database; without a moment, right again. */
  async setClock(moment?: Date): Promise<void> {
    this.#aheadMs = moment ? moment.getTime() - Date.now() : 0;
    // Its processes read it at any moment, and must not find it empty.
    await writeFile(`${this.#clock}.next`, String(this.#aheadMs));
    await rename(`${this.#clock}.next`, this.#clock);
  }

  /** Resolves when `./greenroom start` says that the portal is ready. */
  async start(): Promise<void> {
    const portal = spawn(
      join(root, 'greenroom'),
      ['start', '--port', String(this.port)],
      {
        cwd: root,
        env: {
          ...process.env,
          GREENROOM_HOME: this.home,
          GREENROOM_TEST_CLOCK: this.#clock,
          NODE_OPTIONS: `--import ${MOVED_CLOCK}`,
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    this.#process = portal;
    try {
      await untilReady(portal);
    } catch (error) {
      const log = await readFile(
        join(this.home, 'logs/backend.log'),
        'utf8',
      ).catch(() => '');
      throw new Error(`${(error as Error).message}\n${log.slice(-4000)}`);
    }
  }

  /** As Ctrl-C does. */
  async stop(): Promise<void> {
    const portal = this.#process;
    if (portal && portal.exitCode === null && portal.signalCode === null) {
      portal.kill('SIGINT');
      await once(portal, 'exit');
    }
  }

  /** Ends the backend as the out-of-memory killer would, and waits for the launcher to give up. */
  async killBackend(): Promise<void> {
    const record = join(this.home, 'run/service-backend.json');
    const { child } = JSON.parse(await readFile(record, 'utf8')) as {
      child: { pid: number };
    };
    const ended = once(this.#process!, 'exit');
    process.kill(child.pid, 'SIGKILL');
    await ended;
  }

  /** What it signs in to Argo CD with. */
  async argocdToken(): Promise<string> {
    const facts = join(this.home, 'run/argocd-sandbox.json');
    return JSON.parse(await readFile(facts, 'utf8')).token;
  }

  /** Whatever it and its parts have written to their logs. */
  async logs(): Promise<string> {
    const folder = join(this.home, 'logs');
    const files = await readdir(folder);
    const texts = await Promise.all(
      files.map(file => readFile(join(folder, file), 'utf8')),
    );
    return texts.join('\n');
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.home, { recursive: true, force: true });
  }
}

async function untilReady(portal: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((ready, fail) => {
    const timer = setTimeout(
      () => fail(new Error(`The portal was not ready in time:\n${said}`)),
      READY_WITHIN_MS,
    );
    portal.once('exit', code => {
      clearTimeout(timer);
      fail(new Error(`./greenroom start ended with code ${code}:\n${said}`));
    });
    portal.stdout!.on('data', chunk => {
      said += chunk;
      if (said.includes('Greenroom is ready')) {
        clearTimeout(timer);
        ready();
      }
    });
  });
}
