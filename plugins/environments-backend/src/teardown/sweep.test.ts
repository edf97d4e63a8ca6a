import { addSeconds } from '../clock';
import { useTestDatabases } from '../testing/database';
import { MIRA } from '../testing/engine';
import {
  CANNOT_DESTROY,
  FailingTeardowns,
  startFailingTeardowns,
} from './__testUtils__/failing';

describe('the teardown sweep', () => {
  const databases = useTestDatabases();
  let failing: FailingTeardowns;

  beforeEach(async () => {
    failing = await startFailingTeardowns(await databases.create());
  });
  afterEach(() => failing.engine.stop());

  const get = (id: string) => failing.engine.rooms.environments.get(id, MIRA);
  const ledger = (id: string) =>
    failing.engine
      .knex('lease_entries')
      .where({ environment_id: id })
      .orderBy('id')
      .pluck('kind');

  it('tries a failed teardown again, later and later, until it is proven', async () => {
    const { engine, sweep } = failing;
    const id = await failing.create();
    await failing.destroy(id);
    for (const seconds of [60, 120, 240]) {
      engine.clock.advance(seconds - 1);
      expect(await sweep()).toBe(0);
      engine.clock.advance(1);
      expect(await sweep()).toBe(1);
      expect(await get(id)).toMatchObject({
        state: 'destroying',
        activeOperation: {
          requestedBy: 'system:teardown',
          cause: { code: 'teardown.retry' },
        },
      });
      await engine.work();
    }
    engine.driver.script('site', {});
    await failing.retry();
    expect(await get(id)).toMatchObject({
      state: 'destroyed',
      latestOperation: {
        number: 6,
        cause: { message: 'Tried again after 4 teardowns that failed.' },
      },
    });
    expect(await failing.row(id)).toBeUndefined();
    expect(await ledger(id)).toEqual([
      'grant',
      ...['retry', 'retry', 'retry', 'retry'],
      'end',
    ]);
    engine.clock.advance(24 * 3600);
    expect(await sweep()).toBe(0);
  });

  it('counts what a person tries in between, and puts the next attempt off', async () => {
    const { engine, sweep } = failing;
    const id = await failing.create();
    await failing.destroy(id);
    engine.clock.advance(30);
    await failing.destroy(id);
    expect(await failing.row(id)).toMatchObject({ failures: 2 });
    engine.clock.advance(119);
    expect(await sweep()).toBe(0);
    engine.clock.advance(1);
    expect(await sweep()).toBe(1);
  });

  it('leaves an environment alone that is busy', async () => {
    const { engine, sweep } = failing;
    const id = await failing.create();
    await failing.destroy(id);
    await engine.submit(id, { kind: 'destroy' });
    engine.clock.advance(3600);
    expect(await sweep()).toBe(0);
    expect(await failing.row(id)).toMatchObject({ failures: 1 });
  });

  it('leaves an attempt alone that is being put off at that moment', async () => {
    const { engine, sweep } = failing;
    const id = await failing.create();
    await failing.destroy(id);
    engine.clock.advance(60);
    const other = await engine.knex.transaction();
    await other('teardowns')
      .where({ environment_id: id })
      .update({ next_attempt_at: addSeconds(engine.clock.now(), 120) });
    const submitted = await sweep();
    await other.commit();
    expect([submitted, await sweep()]).toEqual([0, 0]);
  });

  it('lets the lease of what fails to be torn down not submit it as well', async () => {
    const { engine } = failing;
    const id = await failing.create();
    engine.clock.advance(120);
    expect(await engine.rooms.sweep.tick(engine.clock.now())).toBe(1);
    await engine.work();
    expect(await failing.row(id)).toMatchObject({ failures: 1 });
    expect(await engine.rooms.sweep.tick(engine.clock.now())).toBe(0);
    engine.clock.advance(60);
    expect(await engine.rooms.sweep.tick(engine.clock.now())).toBe(0);
    expect(await failing.sweep()).toBe(1);
  });

  it('does not destroy what somebody has made whole again', async () => {
    const { engine, sweep } = failing;
    const id = await failing.create();
    for (let attempt = 0; attempt < 3; attempt++) await failing.destroy(id);
    expect(await failing.orphans()).toHaveLength(1);
    await engine.submit(id, { kind: 'update', inputs: {} });
    await engine.work();
    expect(await get(id)).toMatchObject({ state: 'running' });
    expect(await failing.row(id)).toBeUndefined();
    expect(await failing.orphans()).toEqual([]);
    engine.clock.advance(100);
    expect(await sweep()).toBe(0);
  });

  it('does not take what failed to be created for a failed teardown', async () => {
    const { engine, sweep } = failing;
    engine.driver.script('site', { apply: CANNOT_DESTROY.destroy });
    const id = await failing.create();
    expect(await get(id)).toMatchObject({ state: 'failed' });
    engine.clock.advance(100);
    expect(await sweep()).toBe(0);
    expect(await failing.orphans()).toEqual([]);
  });

  it('submits so many at a time, the longest due first, each once beside another replica', async () => {
    const { engine, sweep } = failing;
    const id = await failing.create();
    await failing.destroy(id);
    await copyTeardown(failing, id, 119);
    engine.clock.advance(3600);
    const [one, other] = await Promise.all([sweep(), sweep()]);
    expect(one + other).toBeLessThanOrEqual(100);
    expect(one + other).toBeGreaterThanOrEqual(50);
    const rest = 120 - one - other;
    let submitted = 0;
    for (let turn = 0; turn < 3; turn++) submitted += await sweep();
    expect(submitted).toBe(rest);
    expect(new Set(engine.rung).size).toBe(120);
    const [first] = await engine
      .knex('operations as o')
      .join('teardowns as t', 't.environment_id', 'o.environment_id')
      .where({ 'o.kind': 'destroy', 'o.state': 'queued' })
      .whereNot('t.environment_id', id)
      .orderBy('t.next_attempt_at')
      .select('o.id');
    expect(engine.rung.slice(0, 60)).toContain(first.id);
    await engine.knex('operations').where({ state: 'queued' }).delete();
  });
});

/** Many environments whose teardown has failed like that of one. */
async function copyTeardown(
  { engine: { knex } }: FailingTeardowns,
  id: string,
  count: number,
): Promise<void> {
  await knex.raw(
    `WITH copies AS (
       SELECT gen_random_uuid() AS id, number FROM generate_series(1, ?::int) AS number
     ), environments AS (
       INSERT INTO environments (id, name, owner_ref, created_by, type, blueprint_version_id, state, inputs, outputs, created_at, updated_at)
       SELECT c.id, e.name || '-' || c.number, owner_ref, created_by, type, blueprint_version_id, state, inputs, outputs, created_at, updated_at
       FROM environments e, copies c WHERE e.id = ?
     ), leases AS (
       INSERT INTO leases
       SELECT (jsonb_populate_record(l, jsonb_build_object('environment_id', c.id))).*
       FROM leases l, copies c WHERE l.environment_id = ?
     )
     INSERT INTO teardowns (environment_id, since, failures, next_attempt_at, last_problem)
     SELECT c.id, since, failures, next_attempt_at - number * interval '1 second', last_problem
     FROM teardowns, copies c WHERE environment_id = ?`,
    [count, id, id, id],
  );
}
