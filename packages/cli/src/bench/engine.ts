import { join } from 'node:path';
import {
  CreateEnvironmentResponse,
  LogLine,
} from '@greenroom/plugin-environments-common';
import { BackendProcess } from '../processes/backendProcess';
import { clientOf } from '../processes/client';
import { publishBlueprint } from './api';
import { percentile, spread } from './figures';
import { BenchPortal, startBenchPortal } from './portal';
import { rawJobsPerSecond } from './rawJobs';

/** Of one measurement of throughput; jobs last as long as it takes all processes to be up. */
const OPERATIONS = 300;
const JOBS = 5000;
/** At once in one process, on both sides. */
const AT_ONCE = 8;
/** Operations submitted one after the other, to see how soon each begins. */
const SINGLES = 60;
const LINES = 20;
/** Environments are asked for so many at a time. */
const REQUESTS_AT_ONCE = 8;

/**
 * The engine alone: operations of three steps that do nothing, beside jobs of pg-boss that do
 * nothing; how soon an operation begins, and how soon its log is read.
 */
export async function benchEngine(options: {
  repository: string;
  rounds: number;
}): Promise<string> {
  const throughput: string[] = [];
  for (const workers of [1, 3]) {
    const raw: number[] = [];
    const greenroom: number[] = [];
    for (let round = 0; round < options.rounds; round++) {
      raw.push(
        await rawJobsPerSecond({
          ...options,
          processes: workers,
          jobs: JOBS,
          atOnce: AT_ONCE,
        }),
      );
      greenroom.push(await operationsPerSecond(options.repository, workers));
    }
    throughput.push(
      `| ${workers} | ${show(raw)} | ${show(greenroom)} | ${(spread(greenroom).median / spread(raw).median).toFixed(3)} |`,
    );
  }
  const inside = await delays(options.repository, 'in the portal');
  const alone = await delays(options.repository, 'alone');
  return [
    '| workers | jobs of pg-boss per s | operations of three steps per s | ratio |',
    '| --- | --- | --- | --- |',
    ...throughput,
    '',
    '| worker | submit to first step, p50 | p95 | log line to reader, p50 | p95 |',
    '| --- | --- | --- | --- | --- |',
    inside,
    alone,
  ].join('\n');
}

/** Destroys have three steps: plan, destroy, prove. They wait in the database until the workers start. */
async function operationsPerSecond(
  repository: string,
  workers: number,
): Promise<number> {
  const portal = await startPortal(repository, { enabled: false });
  const joined: BackendProcess[] = [];
  const addWorker = async () =>
    joined.push(await joinWorker(portal, joined.length));
  try {
    await publish(portal, repository);
    await addWorker();
    const ids = await inTurns(OPERATIONS, index => create(portal, index));
    await untilNone(portal, 'create');
    await joined.pop()!.stop();

    const api = clientOf(portal);
    await inTurns(OPERATIONS, index =>
      api.submitOperation(ids[index].environmentId, { kind: 'destroy' }),
    );
    for (let worker = 0; worker < workers; worker++) await addWorker();
    await untilNone(portal, 'destroy');
    const [{ seconds }] = await portal.database.query<{ seconds: number }>(
      `SELECT extract(epoch FROM max(finished_at) - min(started_at))::float AS seconds
       FROM environments.operations WHERE kind = 'destroy'`,
    );
    return OPERATIONS / seconds;
  } finally {
    await Promise.all(joined.map(worker => worker.stop()));
    await portal.stop();
  }
}

async function delays(
  repository: string,
  where: 'in the portal' | 'alone',
): Promise<string> {
  const portal = await startPortal(repository, {
    enabled: where === 'in the portal',
  });
  const worker = where === 'alone' ? await joinWorker(portal, 0) : undefined;
  try {
    await worker?.untilReady();
    await publish(portal, repository);
    const lines: number[] = [];
    for (let index = 0; index < SINGLES; index++) {
      const { operationId } = await create(portal, index);
      await clientOf(portal).streamLogs(operationId, {
        onLine: line => lines.push(ageOf(line)),
      });
    }
    const begun = await portal.database.query<{ ms: number }>(
      `SELECT extract(epoch FROM min(s.started_at) - o.requested_at)::float * 1000 AS ms
       FROM environments.operations o
       JOIN environments.operation_steps s ON s.operation_id = o.id
       GROUP BY o.id`,
    );
    const ms = (figures: number[], share: number) =>
      `${percentile(figures, share).toFixed(0)} ms`;
    const starts = begun.map(row => row.ms);
    return `| ${where} | ${ms(starts, 0.5)} | ${ms(starts, 0.95)} | ${ms(lines, 0.5)} | ${ms(lines, 0.95)} |`;
  } finally {
    await worker?.stop();
    await portal.stop();
  }
}

/** Milliseconds since the driver said it, by the clock that all processes of this machine share. */
function ageOf(line: LogLine): number {
  return Date.now() - Date.parse(line.time);
}

async function startPortal(
  repository: string,
  worker: { enabled: boolean },
): Promise<BenchPortal> {
  return startBenchPortal({
    repository,
    entry: 'src/bench/faultPortal.ts',
    environments: { worker: { ...worker, concurrency: AT_ONCE } },
    env: ({ folder }) => worldIn(folder),
  });
}

async function joinWorker(
  portal: BenchPortal,
  place: number,
): Promise<BackendProcess> {
  return portal.join({
    entry: 'src/bench/faultWorker.ts',
    name: `worker-${place}`,
    environments: { worker: { concurrency: AT_ONCE } },
    env: worldIn(portal.folder),
  });
}

function worldIn(folder: string): NodeJS.ProcessEnv {
  return { GREENROOM_FAULT_WORLD: join(folder, 'world') };
}

async function publish(portal: BenchPortal, repository: string) {
  await publishBlueprint(portal, join(repository, 'packages/cli/bench/steps'));
}

async function create(
  portal: BenchPortal,
  index: number,
): Promise<{ environmentId: string; operationId: string }> {
  const { environment, operation }: CreateEnvironmentResponse = await clientOf(
    portal,
  ).createEnvironment(
    {
      name: `bench-${index}`,
      blueprint: 'bench-steps',
      owner: 'group:default/platform',
      inputs: { lines: LINES },
    },
    { idempotencyKey: `bench-${index}` },
  );
  return { environmentId: environment!.id, operationId: operation!.id };
}

async function untilNone(portal: BenchPortal, kind: string): Promise<void> {
  for (;;) {
    const [{ left, failed }] = await portal.database.query<{
      left: string;
      failed: string;
    }>(
      `SELECT count(*) FILTER (WHERE state IN ('queued', 'running')) AS left,
              count(*) FILTER (WHERE state IN ('failed', 'cancelled')) AS failed
       FROM environments.operations WHERE kind = $1`,
      [kind],
    );
    if (Number(failed) > 0) throw new Error(`${failed} operations failed.`);
    if (Number(left) === 0) return;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

async function inTurns<T>(
  count: number,
  run: (index: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  for (let from = 0; from < count; from += REQUESTS_AT_ONCE) {
    const size = Math.min(REQUESTS_AT_ONCE, count - from);
    results.push(
      ...(await Promise.all(
        Array.from({ length: size }, (_, index) => run(from + index)),
      )),
    );
  }
  return results;
}

function show(figures: number[]): string {
  const { median, min, max } = spread(figures);
  return `${median.toFixed(0)} (${min.toFixed(0)}–${max.toFixed(0)})`;
}
