import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Knex } from 'knex';
import {
  DirectoryFaultWorld,
  doubledEffects,
  lateEffects,
} from '@greenroom/plugin-environments-node/contract-kit';
import { useTestDatabases } from '../testing/database';
import { startTestEngine, TestEngine } from '../testing/engine';
import { until } from '../testing/until';
import {
  connectionOf,
  startWorkerProcess,
  TOLD_TO_STOP,
  WorkerProcess,
  WorkerProcessOptions,
} from '../testing/workers';

// A worker that dies is missed for 20 s, and starts take long where many tests run at once.
jest.setTimeout(600_000);

describe('workers that run alone', () => {
  const root = mkdtempSync(join(tmpdir(), 'greenroom-workers-'));
  const workers: WorkerProcess[] = [];
  let knex: Knex;
  let engine: TestEngine;
  let world: DirectoryFaultWorld;
  let folder: string;

  // Before the databases go, whose hook comes next.
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const databases = useTestDatabases();

  beforeEach(async () => {
    folder = mkdtempSync(join(root, 'test-'));
    world = new DirectoryFaultWorld(join(folder, 'world'));
    knex = await databases.create();
    engine = await startTestEngine(knex);
  });
  afterEach(async () => {
    for (const worker of workers) worker.signal('SIGKILL');
    await Promise.all(workers.splice(0).map(worker => worker.exited));
    await engine.stop();
  });

  function start(
    count: number,
    options: Partial<WorkerProcessOptions['worker']> & { callMs?: number } = {},
  ) {
    const { callMs = 100, ...worker } = options;
    const started = Array.from({ length: count }, () =>
      startWorkerProcess({
        connection: connectionOf(knex),
        world: join(folder, 'world'),
        callMs,
        worker: { workDirectory: join(folder, 'work'), ...worker },
      }),
    );
    workers.push(...started);
    return started;
  }

  async function create(count: number, owners = ['group:default/checkout']) {
    const ids: string[] = [];
    for (let index = 0; index < count; index++) {
      const owner = owners[index % owners.length];
      const answer = await engine.create({
        blueprint: 'single',
        inputs: {},
        owner,
      });
      ids.push(answer.operation.id);
    }
    return ids;
  }

  async function operations() {
    const broken = workers.find(worker => worker.isBroken());
    if (broken) throw new Error(`A worker broke down:\n${broken.output()}`);
    return knex('operations').orderBy('requested_at').orderBy('id');
  }
  const byState = async (state: string) =>
    (await operations()).filter(row => row.state === state);
  const heldBy = async ({ pid }: WorkerProcess) =>
    (await byState('running')).filter(
      row => row.claim_worker.endsWith(`:${pid}`) && row.claim_until,
    );
  const allSucceeded = (count: number) =>
    until(async () => {
      const rows = await operations();
      const failed = rows.find(row => row.state === 'failed');
      if (failed) throw new Error(JSON.stringify(failed.problem));
      return rows.filter(row => row.state === 'succeeded').length === count;
    });
  /** It is in the midst of an apply. */
  const applying = (worker: WorkerProcess) =>
    until(async () => {
      const [held] = await heldBy(worker);
      if (!held) return false;
      const rows = await knex('operation_steps').where({
        operation_id: held.id,
        action: 'apply',
        state: 'running',
      });
      return rows.length > 0;
    });

  function expectNothingTwice(environments: number) {
    const journal = world.journal();
    expect(doubledEffects(journal)).toEqual([]);
    expect(lateEffects(journal)).toEqual([]);
    expect(world.keys()).toHaveLength(environments);
  }

  it('share operations fairly within their limits, and go on when one is killed or cut off', async () => {
    const owners = ['group:default/checkout', 'user:default/mira'];
    const settings = {
      concurrency: 3,
      limits: { perOwner: 3, drivers: { fault: 5 } },
    };
    // Slow, so that there is something left for the others once they are up.
    const [victim] = start(1, { ...settings, callMs: 3000 });
    await create(24, owners);
    await until(async () => (await heldBy(victim)).length > 0);
    const others = start(2, { ...settings, callMs: 200 });
    let most = 0;
    let mostOfOne = 0;
    const watching = new AbortController();
    const watched = until(async () => {
      const alive = await knex('operations')
        .where('state', 'running')
        .where('claim_until', '>', knex.fn.now())
        .pluck('owner_ref');
      most = Math.max(most, alive.length);
      for (const owner of owners) {
        const count = alive.filter(each => each === owner).length;
        mostOfOne = Math.max(mostOfOne, count);
      }
      return watching.signal.aborted;
    });

    await until(async () =>
      (await Promise.all(others.map(heldBy))).some(held => held.length > 0),
    );
    await applying(victim);
    victim.signal('SIGKILL');
    await victim.exited;
    await until(async () => (await byState('succeeded')).length >= 6);
    const { rows } = await knex.raw(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE 'backstage_plugin%'`,
    );
    expect(rows.length).toBeGreaterThan(0);

    await allSucceeded(24);
    watching.abort();
    await watched;
    expectNothingTwice(24);
    expect(most).toBeLessThanOrEqual(5);
    expect(mostOfOne).toBe(3);
  });

  it('do no harm when they are stopped past their claim and wake up late', async () => {
    // So slow that a look at it on a busy machine does not miss it.
    const [sleeper] = start(1, { callMs: 4000 });
    await create(2);
    await applying(sleeper);
    sleeper.signal('SIGSTOP');
    const held = await heldBy(sleeper);
    expect(held).toHaveLength(2);
    start(1);
    await allSucceeded(2);
    const before = await operations();
    for (const row of before) expect(row.claim_fence).toBe('2');

    sleeper.signal('SIGCONT');
    // Awake and well: it lost what it had, and takes what is new.
    await until(async () => /Lost operation/.test(sleeper.output()));
    expect(await operations()).toEqual(before);
    workers[1].signal('SIGKILL');
    await create(1);
    await allSucceeded(3);
    expectNothingTwice(3);
  });

  it('finish what they hold before they end by SIGTERM, and take nothing more', async () => {
    const [worker] = start(1, { callMs: 4000, drainSeconds: 60 });
    const [first] = await create(1);
    await applying(worker);
    worker.signal('SIGTERM');
    // On a busy machine it may hear of it late, and what is there by then is its own.
    await until(async () => worker.output().includes(TOLD_TO_STOP));
    const [second] = await create(1);
    expect(await worker.exited).toBe(0);
    expect(await operations()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: first, state: 'succeeded' }),
        expect.objectContaining({ id: second, state: 'queued' }),
      ]),
    );
  });

  it('interrupt what takes longer than they may drain, and leave it to others at once', async () => {
    const [slow] = start(1, { callMs: 60_000, drainSeconds: 0 });
    await create(1);
    await until(async () => (await heldBy(slow)).length === 1);
    slow.signal('SIGTERM');
    expect(await slow.exited).toBe(0);
    expect(await operations()).toMatchObject([
      { state: 'running', claim_until: null },
    ]);
    start(1);
    await allSucceeded(1);
    expectNothingTwice(1);
  });
});
