import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, ThrowAwayDatabase } from '../../processes/database';
import { readBlueprint } from '../api';
import { IdleCost, idleTable, reachedMs, Sample } from './figures';
import { LeaseReplica } from './replica';
import {
  analyze,
  copyEnvironments,
  countDestroys,
  grantLeases,
  outcomeOf,
} from './rows';

const REPLICAS = ['one', 'two', 'three'];
const FLEETS = [1000, 10_000, 100_000];
/** Between their leases being written and their falling due. */
const AHEAD_MS = 3000;
const POLL_MS = 50;
/** Nothing more is coming after so long without any; also for what may come twice. */
const STILL_MS = 20_000;
const AFTERWARDS_MS = 3000;

/**
 * Leases that fall due in one second while three replicas sweep, one of which is killed; and what
 * sweeps cost that find nothing due, beside reading all environments as a script would.
 *
 * @throws when a lease was lost, or its teardown was submitted twice
 */
export async function benchLeases(options: {
  repository: string;
  rounds: number;
  leases: number;
  /** Sizes of fleets of which nothing is due; rising. */
  fleets?: number[];
}): Promise<string> {
  const { repository, rounds, leases, fleets = FLEETS } = options;
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-bench-'));
  const database = await createDatabase('bench');
  const replicas: LeaseReplica[] = [];
  const start = async (name: string, worker = false) => {
    const replica = await LeaseReplica.start({
      repository,
      database: database.name,
      folder,
      name,
      worker,
    });
    replicas.push(replica);
    return replica;
  };
  try {
    const seeder = await start('seeder', true);
    const original = await seeder.seed(
      await readBlueprint(join(repository, 'packages/cli/bench/steps')),
    );
    const costs = await idleCosts(database, seeder, {
      original,
      fleets,
      rounds,
    });
    // It would carry out what is submitted.
    await seeder.stop();
    const sweepers = await Promise.all(REPLICAS.map(name => start(name)));
    const fall = await fallDue(database, sweepers, { original, leases });
    return [fall, '', idleTable(costs)].join('\n');
  } finally {
    await Promise.all(replicas.map(replica => replica.stop('SIGKILL')));
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function idleCosts(
  database: ThrowAwayDatabase,
  replica: LeaseReplica,
  options: { original: string; fleets: number[]; rounds: number },
): Promise<IdleCost[]> {
  const { original, fleets, rounds } = options;
  const farOff = new Date(Date.now() + 30 * 86_400_000);
  const costs: IdleCost[] = [];
  let present = 1;
  for (const environments of fleets) {
    const name = `idle-${environments}`;
    await copyEnvironments(database, original, name, environments - present);
    await grantLeases(database, original, name, farOff);
    await analyze(database);
    costs.push({ environments, ...(await replica.idle(rounds)) });
    present = environments;
  }
  return costs;
}

async function fallDue(
  database: ThrowAwayDatabase,
  replicas: LeaseReplica[],
  { original, leases }: { original: string; leases: number },
): Promise<string> {
  await copyEnvironments(database, original, 'due', leases);
  await analyze(database);
  for (const replica of replicas) await replica.sweep();
  const dueAt = new Date(Date.now() + AHEAD_MS + leases / 2);
  await grantLeases(database, original, 'due', dueAt);
  if (Date.now() >= dueAt.getTime()) {
    throw new Error('The leases were due before they were all written.');
  }
  const { samples, atKill } = await watch(database, replicas[0], {
    dueAt,
    leases,
  });
  const { submitted, twice } = await outcomeOf(database, 'due');
  const lost = leases - submitted;
  const seconds = (share: number) => {
    const ms = reachedMs(samples, leases, share);
    return ms === undefined ? 'never' : `${(ms / 1000).toFixed(1)} s`;
  };
  const report = [
    '| due in one second | replicas | killed after | due to submitted, p50 | p99 | all | submitted | lost | twice |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    `| ${leases.toLocaleString('en')} | ${replicas.length}, 1 killed | ${atKill} | ${seconds(0.5)} | ${seconds(0.99)} | ${seconds(1)} | ${submitted} | ${lost} | ${twice} |`,
  ].join('\n');
  if (lost > 0 || twice > 0) {
    throw new Error(
      `${lost} leases were lost, and ${twice} teardowns submitted twice.\n${report}`,
    );
  }
  return report;
}

/** Kills one replica once a third is submitted, and waits until no more comes. */
async function watch(
  database: ThrowAwayDatabase,
  victim: LeaseReplica,
  { dueAt, leases }: { dueAt: Date; leases: number },
): Promise<{ samples: Sample[]; atKill: number }> {
  const samples: Sample[] = [];
  let atKill: number | undefined;
  let last: Sample = { afterMs: 0, count: 0 };
  for (;;) {
    const count = await countDestroys(database);
    const afterMs = Date.now() - dueAt.getTime();
    if (count > last.count) {
      last = { afterMs, count };
      samples.push(last);
    }
    if (atKill === undefined && count >= leases / 3) {
      await victim.stop('SIGKILL');
      atKill = count;
    }
    // Twice would show only after all were there.
    const patienceMs = count < leases ? STILL_MS : AFTERWARDS_MS;
    if (afterMs - last.afterMs > patienceMs) {
      return { samples, atKill: atKill ?? count };
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
}
