import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  DirectoryFaultWorld,
  doubledEffects,
  FaultMix,
  lateEffects,
} from '@greenroom/plugin-environments-node/contract-kit';
import { publishBlueprint } from '../bench/api';
import { BenchPortal, startBenchPortal } from '../bench/portal';
import { clientOf } from '../processes/client';
import { disturb } from './disturbances';
import { WorkerFleet } from './fleet';
import { LoadRecord, loadWith, Subject } from './load';
import { Chance } from './random';
import { chaosReport } from './report';
import {
  findDoubled,
  Finding,
  findLocked,
  findLost,
  findOrphans,
  unfinished,
  WorldItem,
} from './verify';

export interface ChaosOptions {
  repository: string;
  /** At least so many with the scripted driver, and with real Terraform. */
  operations: number;
  terraform: number;
  workers: number;
  seed: number;
  /** Whether PostgreSQL is nobody else's, and may crash too. */
  crashes: boolean;
}

/** The driver's own failures, beside what is done to the processes around it. */
const MIX: Omit<FaultMix, 'seed'> = {
  fails: 0.02,
  failsHalfway: 0.02,
  breaks: 0.005,
  diesHalfway: 0.002,
  prints: 0.02,
  takesMs: [0, 150],
};
const OPERATIONS_AT_ONCE = 6;
/** Every operation can end by then: claims run out after 20 s. */
const SETTLE_MS = 5 * 60_000;

/**
 * A portal and its workers under load, while they are killed, stopped and cut off; then a look at
 * whether every promise was kept. The seed decides what is asked for and what is done to whom, not
 * how the processes come to interleave.
 */
export async function runChaos(
  options: ChaosOptions,
): Promise<{ report: string; findings: Finding[] }> {
  const chance = new Chance(options.seed);
  const portal = await startBenchPortal({
    repository: options.repository,
    entry: 'src/bench/faultPortal.ts',
    environments: { worker: { enabled: false } },
    env: ({ folder }) => faultEnv(folder, options.seed),
  });
  const fleet = new WorkerFleet(place =>
    portal.join({
      entry: 'src/bench/faultWorker.ts',
      name: `worker-${place}`,
      environments: { worker: { concurrency: OPERATIONS_AT_ONCE } },
      env: faultEnv(portal.folder, options.seed),
    }),
  );
  try {
    for (const name of ['fault', 'terraform']) {
      const folder = join(options.repository, 'packages/cli/chaos', name);
      await publishBlueprint(portal, folder);
    }
    await fleet.open(options.workers);
    const startedAt = performance.now();
    const over = new AbortController();
    const disturbing = disturb({
      chance: chance.stream(),
      fleet,
      database: portal.database,
      workDirectory: join(portal.folder, 'work'),
      crashes: options.crashes,
      signal: over.signal,
    });
    const records = await Promise.all(
      subjectsOf(options).map(subject =>
        loadWith(clientOf(portal), subject, chance.stream()),
      ),
    ).finally(() => over.abort());
    const disturbances = await disturbing;
    await untilSettled(portal);
    const seconds = (performance.now() - startedAt) / 1000;
    await fleet.close();

    const record = sumOf(records);
    const findings = await findingsOf(portal, record);
    const report = await chaosReport({
      ...options,
      database: portal.database,
      record,
      disturbances,
      seconds,
      findings,
    });
    return { report, findings };
  } finally {
    await fleet.close();
    await portal.stop();
  }
}

function subjectsOf({ operations, terraform }: ChaosOptions): Subject[] {
  const subjects: Subject[] = [
    {
      blueprint: 'chaos-fault',
      tenants: 24,
      operations,
      inputs: chance => ({
        text: `text ${chance.between(1, 4)}`,
        extra: chance.happens(0.5),
      }),
    },
    {
      blueprint: 'chaos-terraform',
      tenants: 3,
      operations: terraform,
      inputs: chance => ({
        text: `text ${chance.between(1, 4)}`,
        pause: `${chance.between(0, 2)}s`,
      }),
    },
  ];
  return subjects.filter(subject => subject.operations > 0);
}

async function untilSettled({ database }: BenchPortal): Promise<void> {
  const deadline = performance.now() + SETTLE_MS;
  while ((await unfinished(database)) > 0 && performance.now() < deadline) {
    await wait(500);
  }
}

async function findingsOf(
  { database, folder }: BenchPortal,
  record: LoadRecord,
): Promise<Finding[]> {
  const world = new DirectoryFaultWorld(worldOf(folder));
  const journal = world.journal();
  const things: WorldItem[] = world
    .everything()
    .map(({ environmentId, component, address }) => ({
      environmentId,
      component,
      name: address,
    }));
  return [
    ...(await findLost(database, record)),
    ...(await findDoubled(database, record)),
    ...[...doubledEffects(journal), ...lateEffects(journal)].map(found => ({
      promise: 'doubled' as const,
      what: `${found.component} of environment ${found.environmentId}: ${found.what}`,
    })),
    ...(await findLocked(database)),
    ...(await findOrphans(database, [
      ...things,
      ...(await filesBelow(join(folder, 'sites'))),
    ])),
  ];
}

/** What real Terraform has made: `environment id/component/file`. */
async function filesBelow(folder: string): Promise<WorldItem[]> {
  const paths = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  return paths
    .filter(entry => entry.isFile())
    .map(entry => {
      const [environmentId, component] = entry.parentPath
        .slice(folder.length + 1)
        .split('/');
      return { environmentId, component, name: entry.name };
    });
}

function sumOf(records: LoadRecord[]): LoadRecord {
  return {
    accepted: records.flatMap(({ accepted }) => accepted),
    askedAgain: records.reduce((sum, each) => sum + each.askedAgain, 0),
    refused: records.reduce((sum, each) => sum + each.refused, 0),
  };
}

function faultEnv(folder: string, seed: number): NodeJS.ProcessEnv {
  const mix: FaultMix = { ...MIX, seed };
  return {
    GREENROOM_FAULT_WORLD: worldOf(folder),
    GREENROOM_FAULT_MIX: JSON.stringify(mix),
  };
}

function worldOf(folder: string): string {
  return join(folder, 'world');
}
