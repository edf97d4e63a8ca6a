import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { waitUntil } from '../../tools/launcher/processes.mjs';
import { tailOf } from '../../tools/launcher/run.mjs';
import { startService } from '../../tools/launcher/service.mjs';

const READY_MS = 90_000;

/**
 * Starts the programs of one instance. None of them sees more of the person's
 * environment than the PATH: no proxy, no cluster, no Git configuration.
 */
export class Parts {
  #paths;
  #path;

  constructor(folder, bin) {
    this.folder = folder;
    this.#paths = { run: join(folder, 'run') };
    this.#path = `${bin}:${process.env.PATH}`;
    for (const name of ['run', 'log', 'home', 'tmp']) {
      mkdirSync(join(folder, name), { recursive: true });
    }
  }

  start(name, command, args, env = {}) {
    const log = join(this.folder, 'log', `${name}.log`);
    const service = startService(this.#paths, {
      name,
      command,
      args,
      cwd: this.folder,
      env: {
        PATH: this.#path,
        HOME: join(this.folder, 'home'),
        TMPDIR: join(this.folder, 'tmp'),
        LANG: 'C.UTF-8',
        ...env,
      },
      log,
      stopSignal: 'SIGTERM',
      // Nothing of it is kept.
      graceMs: 300,
    });
    return { name, service, log };
  }

  /** Waits until `check` holds; a program that ends before is an error with its last lines. */
  async ready({ name, service, log }, check) {
    const good = await waitUntil(
      async () => service.over || (await check()),
      READY_MS,
      100,
    );
    if (service.over || !good) {
      throw new Error(
        [
          `${name} ${good ? `ended (${await service.exited})` : 'is not ready'}. Its last lines:`,
          ...tailOf(log, 10),
        ].join('\n'),
      );
    }
  }
}

/** Whether an address answers with success. */
export async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

/** Whether something takes connections at a port of this machine. */
export async function listens(port) {
  return await new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
