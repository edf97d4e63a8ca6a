import { spawn } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJson } from './atomic.mjs';
import { addService } from './children.mjs';
import { identify, isAlive, signal, waitUntil } from './processes.mjs';

const GUARD = fileURLToPath(new URL('./guard.mjs', import.meta.url));

/**
 * Starts a process that must not outlive this one (see guard.mjs).
 *
 * @param {object} paths from findPaths
 * @param {object} spec `name`, `command`, `args`, `cwd`, `env`, `log` (file,
 *   appended to), `stopSignal`, `graceMs` (before its whole group is killed),
 *   and `uid`/`gid` where it must run as another user
 * @returns `exited`: resolves to words about the end, whenever it comes;
 *   `stop()`: asks it to end and waits; `kill()`: ends it at once
 */
export function startService(paths, spec) {
  return addService(() => spawnGuarded(paths, spec));
}

function spawnGuarded(paths, spec) {
  const record = join(paths.run, `service-${spec.name}.json`);
  const guard = spawn(
    process.execPath,
    [
      GUARD,
      JSON.stringify({
        command: spec.command,
        args: spec.args,
        cwd: spec.cwd,
        uid: spec.uid,
        gid: spec.gid,
        log: spec.log,
        stopSignal: spec.stopSignal,
        graceMs: spec.graceMs,
        record,
        launcher: identify(process.pid),
      }),
    ],
    // Out of the terminal's group: Ctrl-C must not reach it past us.
    {
      env: spec.env ?? process.env,
      detached: true,
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  );
  guard.stdin.on('error', () => {});
  let words = '';
  guard.stderr.setEncoding('utf8').on('data', text => {
    words += text;
  });
  const state = { over: false };
  const exited = new Promise(resolve => {
    guard.once('error', error => resolve(error.message));
    guard.once('close', async () => {
      // A guard that was killed could not clear up.
      await reap(record, spec.graceMs);
      resolve(words.trim() || 'its guard was killed');
    });
  }).finally(() => {
    state.over = true;
  });
  return {
    exited,
    get over() {
      return state.over;
    },
    async stop() {
      guard.stdin.end();
      await exited;
    },
    async kill() {
      guard.stdin.write('kill\n');
      await exited;
    },
  };
}

/** Ends what a record still names, if it is alive; true if it was. */
async function reap(record, graceMs) {
  const left = readJson(record);
  const alive = isAlive(left?.child);
  if (alive) {
    signal(left.child.pid, left.stopSignal);
    await waitUntil(() => !isAlive(left.child), graceMs);
    signal(-left.child.pid, 'SIGKILL');
    await waitUntil(() => !isAlive(left.child), 5_000);
  }
  rmSync(record, { force: true });
  return alive;
}

/**
 * Ends the services that earlier launchers left, when they and their guards
 * were killed together. Those of a launcher that lives are left alone.
 *
 * @returns the names of the services that were still alive
 */
export async function reapServices(paths) {
  const reaped = [];
  for (const file of readdirSync(paths.run)) {
    const name = /^service-(.+)\.json$/.exec(file)?.[1];
    const record = join(paths.run, file);
    const left = name && readJson(record);
    if (name && !isAlive(left?.launcher)) {
      // A guard that lost its launcher is already at it.
      await waitUntil(() => !isAlive(left?.guard), 30_000);
      if (await reap(record, 10_000)) {
        reaped.push(name);
      }
    }
  }
  return reaped;
}

/** The same, said to the person who now sees things end. */
export async function endLeftovers(paths, report) {
  for (const name of await reapServices(paths)) {
    report.say(`  Ended ${name}, left by a command that was killed.`);
  }
}
