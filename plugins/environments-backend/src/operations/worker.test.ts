import {
  byAttempt,
  hangs,
  waitsFor,
} from '@greenroom/plugin-environments-node/contract-kit';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';
import { until } from '../testing/until';

jest.setTimeout(30_000);

const QUICK = { heartbeatMs: 50, ttlMs: 300 };

describe('workers', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;

  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
  });
  afterEach(() => engine.stop());

  const single = { blueprint: 'single', inputs: {} };
  const operation = (id: string) => engine.rooms.operations.get(id, MIRA);
  const applies = () =>
    engine.driver.calls.filter(call => call.action === 'apply');

  /** What a killed worker leaves: its claim, with nobody to renew it. */
  const expireClaim = (id: string) =>
    engine
      .knex('operations')
      .where({ id })
      .update({ claim_until: '2000-01-01' });

  it('answer a ring once, however many hear it', async () => {
    const { operation: created } = await engine.create(single);
    await Promise.all([
      engine.worker().answer(created.id),
      engine.worker().answer(created.id),
      engine.worker().answer(created.id),
    ]);
    expect(applies()).toHaveLength(1);
    expect(await operation(created.id)).toMatchObject({ state: 'succeeded' });
  });

  it('take over from one that was lost during an apply, planning again before it', async () => {
    let wake = () => {};
    const asleep = new Promise<void>(resolve => {
      wake = resolve;
    });
    engine.driver.script('site', { apply: byAttempt(waitsFor(asleep)) });
    const { environment, operation: created } = await engine.create(single);

    const zombie = engine.worker();
    const late = zombie.answer(created.id);
    await engine.driver.reached('site', 'apply');
    await expireClaim(created.id);
    await engine.worker().answer(created.id);

    const taken = await operation(created.id);
    expect(taken.state).toBe('succeeded');
    expect(taken.steps).toMatchObject([
      { action: 'plan', state: 'succeeded', attempt: 2 },
      { action: 'apply', state: 'succeeded', attempt: 2 },
    ]);
    const before = await engine.knex('operations').first();

    // The lost one wakes up with an apply of its own in hand, and may write nothing of it.
    wake();
    await late;
    expect(await engine.knex('operations').first()).toEqual(before);
    expect(await operation(created.id)).toEqual(taken);
    expect(
      await engine.rooms.environments.get(environment.id, MIRA),
    ).toMatchObject({ state: 'running' });
  });

  it('notice a lost claim by their heartbeat and interrupt their tools', async () => {
    engine.driver.script('site', { apply: byAttempt(hangs()) });
    const { operation: created } = await engine.create(single);
    const late = engine.worker(QUICK).answer(created.id);
    await engine.driver.reached('site', 'apply');
    await engine
      .knex('operations')
      .where({ id: created.id })
      .update({ claim_fence: 2, claim_worker: 'another' });
    // hangs() settles only when the signal aborts.
    await late;
    expect(await operation(created.id)).toMatchObject({
      state: 'running',
      steps: [{ state: 'succeeded' }, { state: 'running', attempt: 1 }],
    });
  });

  it('keep their claim for as long as a step takes', async () => {
    let finish = () => {};
    const working = new Promise<void>(resolve => {
      finish = resolve;
    });
    engine.driver.script('site', { apply: waitsFor(working) });
    const { operation: created } = await engine.create(single);
    const done = engine.worker(QUICK).answer(created.id);
    await engine.driver.reached('site', 'apply');
    const claim = () => engine.knex('operations').first('claim_until');
    const { claim_until: first } = await claim();
    await until(async () => (await claim()).claim_until > first);
    await engine.worker(QUICK).answer(created.id);
    finish();
    await done;
    expect(applies()).toHaveLength(1);
  });

  it('leave their operations to others at once when they are stopped', async () => {
    engine.driver.script('site', { apply: byAttempt(hangs()) });
    const { operation: created } = await engine.create(single);
    const stopped = engine.worker();
    const left = stopped.answer(created.id);
    await engine.driver.reached('site', 'apply');
    await stopped.stop();
    await left;
    expect(
      await engine.rooms.operationStore.unclaimed(engine.knex, 10),
    ).toEqual([created.id]);

    await engine.worker().answer(created.id);
    expect(await operation(created.id)).toMatchObject({ state: 'succeeded' });
  });

  it('keep what a step came to while they were being stopped', async () => {
    let finish = () => {};
    const working = new Promise<void>(resolve => {
      finish = resolve;
    });
    engine.driver.script('site', { apply: waitsFor(working) });
    const { operation: created } = await engine.create(single);
    const stopped = engine.worker();
    const left = stopped.answer(created.id);
    await engine.driver.reached('site', 'apply');
    const stopping = stopped.stop();
    finish();
    await Promise.all([stopping, left]);
    expect((await operation(created.id)).steps).toMatchObject([
      { action: 'plan', state: 'succeeded' },
      { action: 'apply', state: 'succeeded', attempt: 1 },
    ]);
    await engine.worker().answer(created.id);
    expect(applies()).toHaveLength(1);
    expect(await operation(created.id)).toMatchObject({ state: 'succeeded' });
  });

  it('take nothing more once they are stopped', async () => {
    const { operation: created } = await engine.create(single);
    const stopped = engine.worker();
    await stopped.stop();
    await stopped.answer(created.id);
    expect(await operation(created.id)).toMatchObject({ state: 'queued' });
  });

  it('say in plain words when a driver breaks, and keep the cause for the log', async () => {
    engine.driver.script('site', {
      apply: () => {
        throw new TypeError('password=correct-horse is undefined');
      },
    });
    const { operation: created } = await engine.create(single);
    await engine.work();
    const failed = await operation(created.id);
    expect(failed).toMatchObject({
      state: 'failed',
      problem: { code: 'operation.unexpected', component: 'site' },
    });
    expect(failed.problem?.remedy).toContain(created.id);
    expect(JSON.stringify(failed)).not.toContain('correct-horse');
  });

  it('fail an operation whose blueprint is gone, instead of trying for ever', async () => {
    const { environment, operation: created } = await engine.create(single);
    jest
      .spyOn(engine.blueprints.service, 'getById')
      .mockRejectedValueOnce(new Error('gone'));
    await engine.work();
    expect(await operation(created.id)).toMatchObject({
      state: 'failed',
      problem: { code: 'operation.unexpected' },
      steps: [{ state: 'skipped' }, { state: 'skipped' }],
    });
    expect(
      await engine.rooms.environments.get(environment.id, MIRA),
    ).toMatchObject({ state: 'failed' });
  });

  it('leave an operation as it is while the database can’t be read', async () => {
    const { operation: created } = await engine.create(single);
    jest
      .spyOn(engine.blueprints.service, 'materialise')
      .mockRejectedValueOnce(
        Object.assign(new Error('cut'), { code: '57P01' }),
      );
    await engine.work();
    expect(await operation(created.id)).toMatchObject({ state: 'running' });
    await engine.worker().answer(created.id);
    expect(await operation(created.id)).toMatchObject({ state: 'succeeded' });
  });

  it('go on after the database cut their connections', async () => {
    let finish = () => {};
    const working = new Promise<void>(resolve => {
      finish = resolve;
    });
    engine.driver.script('site', { apply: waitsFor(working) });
    const { operation: created } = await engine.create(single);
    const done = engine.worker().answer(created.id);
    await engine.driver.reached('site', 'apply');
    await engine.knex
      .raw(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()',
      )
      .catch(() => {});
    finish();
    await done;
    expect(await operation(created.id)).toMatchObject({ state: 'succeeded' });
  });
});
