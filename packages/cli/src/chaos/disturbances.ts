import { readdir, readlink } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { ThrowAwayDatabase } from '../processes/database';
import { Chance } from './random';
import { WorkerFleet } from './fleet';

export const DISTURBANCES = [
  'worker killed',
  'worker stopped past its claim',
  'tool killed',
  'connections cut',
  'PostgreSQL crashed',
] as const;
export type Disturbance = (typeof DISTURBANCES)[number];

/** After a crash it reads its log again before it answers. */
const RECOVERS_WITHIN_MS = 60_000;
/** Longer than a claim lasts: whoever wakes up then has lost it, and must do no harm. */
const STOPPED_MS = 25_000;
const LEAST_PAUSE_MS = 2_000;
const MOST_PAUSE_MS = 8_000;

/**
 * Disturbs until it is told to stop, one thing after the other; a stopped worker sleeps on while
 * the next things happen.
 *
 * @returns how often each thing was done
 */
export async function disturb(options: {
  chance: Chance;
  fleet: WorkerFleet;
  database: ThrowAwayDatabase;
  /** Tools are those processes that work in here. */
  workDirectory: string;
  /** Whether all that uses this PostgreSQL may see it crash. */
  crashes: boolean;
  signal: AbortSignal;
}): Promise<Record<Disturbance, number>> {
  const { chance, fleet, database, workDirectory, signal } = options;
  const done = Object.fromEntries(
    DISTURBANCES.map(name => [name, 0]),
  ) as Record<Disturbance, number>;
  const sleeping: Promise<void>[] = [];

  const acts: Record<Disturbance, () => Promise<boolean>> = {
    'worker killed': () => fleet.kill(chance),
    'worker stopped past its claim': async () => {
      const worker = fleet.stopOne(chance);
      if (!worker) return false;
      sleeping.push(
        wait(STOPPED_MS, undefined, { signal })
          .catch(() => {})
          .then(() => worker.signal('SIGCONT')),
      );
      return true;
    },
    'tool killed': () => killTool(chance, workDirectory),
    'connections cut': async () => {
      const cut = await cutConnections(chance, database);
      return cut > 0;
    },
    'PostgreSQL crashed': async () => {
      if (!options.crashes) return false;
      await crash(database);
      return true;
    },
  };

  while (!signal.aborted) {
    const what = chance.oneOf(DISTURBANCES);
    if (await acts[what]()) done[what]++;
    const pause = chance.between(LEAST_PAUSE_MS, MOST_PAUSE_MS);
    await wait(pause, undefined, { signal }).catch(() => {});
  }
  await Promise.all(sleeping);
  return done;
}

async function killTool(
  chance: Chance,
  workDirectory: string,
): Promise<boolean> {
  const tools: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const folder = await readlink(`/proc/${name}/cwd`).catch(() => '');
    if (folder.startsWith(workDirectory)) tools.push(Number(name));
  }
  if (tools.length === 0) return false;
  try {
    process.kill(chance.oneOf(tools), 'SIGKILL');
    return true;
  } catch {
    // It ended by itself.
    return false;
  }
}

/** Of the portal and its workers alike, about a third. */
async function cutConnections(
  chance: Chance,
  database: ThrowAwayDatabase,
): Promise<number> {
  const rows = await database.query<{ pid: number }>(
    'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY pid',
  );
  const pids = rows.map(row => row.pid).filter(() => chance.happens(1 / 3));
  await database.query(
    'SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid',
    [pids],
  );
  return pids.length;
}

/**
 * One of its processes dies of `kill -9`: the server then ends all the others, with whatever
 * transactions they have, and recovers from its log.
 */
async function crash(database: ThrowAwayDatabase): Promise<void> {
  const [{ pid }] = await database.query<{ pid: number }>(
    'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() LIMIT 1',
  );
  process.kill(pid, 'SIGKILL');
  const deadline = performance.now() + RECOVERS_WITHIN_MS;
  for (;;) {
    await wait(100);
    try {
      await database.query('SELECT 1');
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}
