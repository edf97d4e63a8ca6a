import {
  byAttempt,
  hangs,
  waitsFor,
} from '@greenroom/plugin-environments-node/contract-kit';
import { useTestDatabases } from '../../testing/database';
import {
  MIRA,
  startTestEngine,
  TestEngine,
  workOff,
} from '../../testing/engine';
import { until } from '../../testing/until';

/** Renewed often, and not lost while the test's own process stands still. */
const QUICK = { heartbeatMs: 50, ttlMs: 60_000 };

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

  /**
   * What a killed worker leaves: its claim, with nobody to renew it. The worker of a test lives, and
   * could renew it before it is taken: so its fence is another, too.
   */
  const expireClaim = (id: string) =>
    engine
      .knex('operations')
      .where({ id })
      .update({
        claim_until: '2000-01-01',
        claim_fence: engine.knex.raw('claim_fence + 1'),
      });

  it('carry an operation once, however many of them look', async () => {
    const { operation: created } = await engine.create(single);
    await Promise.all([1, 2, 3].map(() => workOff(engine.worker())));
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

    const late = workOff(engine.worker());
    await engine.driver.reached('site', 'apply');
    await expireClaim(created.id);
    await workOff(engine.worker());

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
    const late = workOff(engine.worker(QUICK));
    await engine.driver.reached('site', 'apply');
    await engine.knex('operations').where({ id: created.id }).update({
      claim_fence: 2,
      claim_worker: 'another',
      claim_until: '2100-01-01',
    });
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
    await engine.create(single);
    const done = workOff(engine.worker(QUICK));
    await engine.driver.reached('site', 'apply');
    const claim = () => engine.knex('operations').first('claim_until');
    const { claim_until: first } = await claim();
    await until(async () => (await claim()).claim_until > first);
    await workOff(engine.worker(QUICK));
    finish();
    await done;
    expect(applies()).toHaveLength(1);
  });

  it('hear of a cancel while they work, and end the operation themselves', async () => {
    engine.driver.script('site', { apply: hangs() });
    const { operation: created } = await engine.create(single);
    const done = workOff(engine.worker());
    await engine.driver.reached('site', 'apply');
    await engine.knex('operations').where({ id: created.id }).update({
      cancel_requested_at: engine.clock.now(),
      cancel_requested_by: 'user:default/mira',
    });
    await done;
    expect(await operation(created.id)).toMatchObject({
      state: 'cancelled',
      steps: [{ state: 'succeeded' }, { state: 'cancelled' }],
    });
  });

  it('hear of a cancel of what they took up again while their try before it still ended', async () => {
    let finish = () => {};
    const deaf = new Promise<void>(resolve => {
      finish = resolve;
    });
    engine.driver.script('site', { apply: byAttempt(waitsFor(deaf), hangs()) });
    const { operation: created } = await engine.create(single);
    const worker = engine.worker();
    await worker.look();
    await engine.driver.reached('site', 'apply');
    const { operationMoves } = engine.rooms;
    const reason = 'It does not answer';
    await operationMoves.takeOver(created.id, { reason }, MIRA);
    await worker.look();
    await engine.driver.reached('site', 'apply', 2);
    finish();
    await until(async () =>
      engine.logger.warn.mock.calls.some(([said]) => said.startsWith('Lost')),
    );

    await operationMoves.cancel(created.id, {}, MIRA);
    await worker.idle();
    expect(await operation(created.id)).toMatchObject({ state: 'cancelled' });
  });

  it('begin nothing of an operation that was to be cancelled when its worker was lost', async () => {
    engine.driver.script('site', { apply: byAttempt(hangs()) });
    const { operation: created } = await engine.create(single);
    const lost = engine.worker();
    const left = workOff(lost);
    await engine.driver.reached('site', 'apply');
    await lost.stop();
    await left;
    await engine.knex('operations').where({ id: created.id }).update({
      cancel_requested_at: engine.clock.now(),
      cancel_requested_by: 'user:default/mira',
    });
    await workOff(engine.worker());
    expect(applies()).toHaveLength(1);
    expect(await operation(created.id)).toMatchObject({ state: 'cancelled' });
  });

  it('leave their operations to others at once when they are stopped', async () => {
    engine.driver.script('site', { apply: byAttempt(hangs()) });
    const { operation: created } = await engine.create(single);
    const stopped = engine.worker();
    const left = workOff(stopped);
    await engine.driver.reached('site', 'apply');
    await stopped.stop();
    await left;
    expect(await engine.knex('operations').first()).toMatchObject({
      state: 'running',
      claim_until: null,
      claims_lost: 0,
    });

    await workOff(engine.worker());
    expect(await operation(created.id)).toMatchObject({ state: 'succeeded' });
  });

  it('let what runs come to its end when they have the time', async () => {
    let finish = () => {};
    const working = new Promise<void>(resolve => {
      finish = resolve;
    });
    engine.driver.script('site', { apply: waitsFor(working) });
    const { operation: created } = await engine.create(single);
    const drained = engine.worker();
    await drained.look();
    await engine.driver.reached('site', 'apply');
    const stopping = drained.stop(60_000);
    const { operation: later } = await engine.create(single);
    await drained.look();
    finish();
    await stopping;
    expect(await operation(created.id)).toMatchObject({ state: 'succeeded' });
    expect(await operation(later.id)).toMatchObject({ state: 'queued' });
  });

  it('interrupt what still runs when that time is over', async () => {
    engine.driver.script('site', { apply: byAttempt(hangs()) });
    const { operation: created } = await engine.create(single);
    const drained = engine.worker();
    await drained.look();
    await engine.driver.reached('site', 'apply');
    await drained.stop(50);
    expect(await operation(created.id)).toMatchObject({ state: 'running' });
  });

  it('keep what a step came to while they were being stopped', async () => {
    let finish = () => {};
    const working = new Promise<void>(resolve => {
      finish = resolve;
    });
    engine.driver.script('site', { apply: waitsFor(working) });
    const { operation: created } = await engine.create(single);
    const stopped = engine.worker();
    await stopped.look();
    await engine.driver.reached('site', 'apply');
    const stopping = stopped.stop();
    finish();
    await stopping;
    expect((await operation(created.id)).steps).toMatchObject([
      { action: 'plan', state: 'succeeded' },
      { action: 'apply', state: 'succeeded', attempt: 1 },
    ]);
    await workOff(engine.worker());
    expect(applies()).toHaveLength(1);
    expect(await operation(created.id)).toMatchObject({ state: 'succeeded' });
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

  it('give up an operation over which worker after worker was lost, in words', async () => {
    const { operation: created } = await engine.create(single);
    const { operation: other } = await engine.create(single);
    const operations = engine.knex('operations').where({ id: created.id });
    await operations.clone().update({
      state: 'running',
      claim_until: '2000-01-01',
      claims_lost: 9,
    });
    await engine
      .knex('operation_steps')
      .where({ operation_id: created.id, action: 'plan' })
      .update({ state: 'running' });
    await engine.work();

    const { state, problem } = await operation(created.id);
    expect(state).toBe('failed');
    expect(problem).toMatchObject({
      code: 'operation.poisoned',
      component: 'site',
      message: expect.stringMatching(/10 times in a row.*the plan of site/),
    });
    expect(await operation(other.id)).toMatchObject({ state: 'succeeded' });
  });

  it('carry on what one worker less was lost over', async () => {
    const { operation: created } = await engine.create(single);
    await engine.knex('operations').where({ id: created.id }).update({
      state: 'running',
      claim_until: '2000-01-01',
      claims_lost: 8,
    });
    await engine.work();
    expect(await operation(created.id)).toMatchObject({ state: 'succeeded' });
  });

  it('leave nothing at work of what they give up', async () => {
    engine.driver.script('site', { apply: byAttempt(hangs()) });
    const { environment, operation: created } = await engine.create(single);
    const lost = engine.worker();
    await lost.look();
    await engine.driver.reached('site', 'apply');
    await lost.stop();
    await engine.knex('operations').where({ id: created.id }).update({
      claim_until: '2000-01-01',
      claims_lost: 9,
      claim_steps: 1,
    });
    await engine.work();
    expect(await operation(created.id)).toMatchObject({
      state: 'failed',
      problem: { code: 'operation.poisoned', component: 'site' },
      steps: [{ state: 'succeeded' }, { state: 'failed' }],
    });
    expect(
      await engine.rooms.environments.get(environment.id, MIRA),
    ).toMatchObject({ state: 'failed', components: [{ state: 'failed' }] });
  });

  it('come back to an operation that they can’t end only when its claim has run out', async () => {
    const { operation: created } = await engine.create(single);
    const { operation: other } = await engine.create(single);
    await engine.knex.raw(
      `CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE 'no'; END $$ LANGUAGE plpgsql`,
    );
    await engine.knex.raw(
      `CREATE TRIGGER refuse BEFORE UPDATE ON operation_steps FOR EACH ROW
       WHEN (OLD.operation_id = '${created.id}') EXECUTE FUNCTION refuse()`,
    );
    await engine.work();
    expect(await operation(other.id)).toMatchObject({ state: 'succeeded' });
    const left = await engine
      .knex('operations')
      .where({ id: created.id })
      .first('state', 'claim_fence', 'claim_until');
    expect(left).toMatchObject({ state: 'running', claim_fence: '1' });
    expect(left.claim_until).not.toBeNull();
  });

  it('leave an operation as it is while the database can’t be read', async () => {
    const { operation: created } = await engine.create(single);
    const stopped = engine.worker();
    jest
      .spyOn(engine.blueprints.service, 'materialise')
      .mockImplementationOnce(async () => {
        // So that the worker itself doesn't take it up again.
        stopped.stop();
        throw Object.assign(new Error('cut'), { code: '57P01' });
      });
    await workOff(stopped);
    expect(await operation(created.id)).toMatchObject({ state: 'running' });
    await workOff(engine.worker());
    expect(await operation(created.id)).toMatchObject({ state: 'succeeded' });
  });

  it('go on after the database cut their connections', async () => {
    let finish = () => {};
    const working = new Promise<void>(resolve => {
      finish = resolve;
    });
    engine.driver.script('site', { apply: waitsFor(working) });
    const { operation: created } = await engine.create(single);
    const done = workOff(engine.worker());
    await engine.driver.reached('site', 'apply');
    // From elsewhere, and each cut is waited for: one that came later would meet the looks below.
    const elsewhere = await databases.create();
    const { rows } = await elsewhere.raw(
      'SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE datname = ?',
      [engine.knex.client.config.connection.database],
    );
    expect(rows).not.toEqual([]);
    finish();
    await done;
    expect(await operation(created.id)).toMatchObject({ state: 'succeeded' });
  });

  it('take no more at once than they have room for, and tell others that there may be more', async () => {
    const gate = { open: () => {} };
    const working = new Promise<void>(resolve => {
      gate.open = resolve;
    });
    engine.driver.script('site', { apply: waitsFor(working) });
    for (let count = 0; count < 3; count++) await engine.create(single);
    let passedOn = 0;
    const worker = engine.rooms.createWorker({
      workDirectory: engine.workDirectory,
      statesUrl: 'http://localhost/states',
      concurrency: 2,
      limits: { drivers: {} },
      passOn: async () => {
        passedOn++;
      },
    });
    await worker.look();
    expect(worker.hasRoom).toBe(false);
    expect(passedOn).toBe(1);
    expect(
      await engine.knex('operations').where({ state: 'running' }),
    ).toHaveLength(2);
    await engine.driver.reached('site', 'apply', 2);
    gate.open();
    await worker.idle();
    expect(applies()).toHaveLength(3);
    await worker.stop();
  });
});
