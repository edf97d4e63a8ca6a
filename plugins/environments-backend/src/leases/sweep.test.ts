import { fails } from '@greenroom/plugin-environments-node/contract-kit';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';

jest.setTimeout(60_000);

describe('the lease sweep', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;

  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
  });
  afterEach(() => engine.stop());

  const single = { blueprint: 'single', inputs: {} };
  const tick = () => engine.rooms.sweep.tick(engine.clock.now());
  const get = (id: string) => engine.rooms.environments.get(id, MIRA);

  it('takes an environment down when its time is up, and not before', async () => {
    const { environment } = await engine.create(single);
    await engine.work();
    engine.clock.advance(119);
    expect(await tick()).toBe(0);
    engine.clock.advance(1);
    expect(await tick()).toBe(1);
    expect(await get(environment.id)).toMatchObject({
      state: 'destroying',
      activeOperation: {
        kind: 'destroy',
        requestedBy: 'system:lease',
        cause: { code: 'lease.expired' },
      },
    });
    expect(await tick()).toBe(0);
    await engine.work();
    expect(await get(environment.id)).toMatchObject({ state: 'destroyed' });
    expect(
      await engine.knex('lease_entries').orderBy('id').pluck('kind'),
    ).toEqual(['grant', 'expiry', 'end']);
    engine.clock.advance(24 * 3600);
    expect(await tick()).toBe(0);
  });

  it('waits for an environment that is busy', async () => {
    const { environment } = await engine.create(single);
    engine.clock.advance(3600);
    expect(await tick()).toBe(0);
    await engine.work();
    expect(await tick()).toBe(1);
    await engine.work();
    expect(await get(environment.id)).toMatchObject({ state: 'destroyed' });
  });

  it('takes down what failed to be created', async () => {
    engine.driver.script('site', { apply: fails() });
    const { environment } = await engine.create(single);
    await engine.work();
    engine.clock.advance(120);
    expect(await tick()).toBe(1);
    await engine.work();
    expect(await get(environment.id)).toMatchObject({ state: 'destroyed' });
  });

  it('submits 500 teardowns in one tick, each once, beside another replica', async () => {
    const { environment } = await engine.create(single);
    await engine.work();
    await copyEnvironment(engine, environment.id, 499);
    engine.clock.advance(120);
    const [one, other] = await Promise.all([tick(), tick()]);
    // What one had locked, the other skipped; nothing is left for a second tick.
    expect(one + other + (await tick())).toBe(500);
    expect(new Set(engine.rung).size).toBe(500);
    const active = await engine
      .knex('operations')
      .where({ kind: 'destroy', state: 'queued' })
      .count({ count: '*' });
    expect(Number(active[0].count)).toBe(500);
    engine.rung.length = 0;
  });

  it('lets one environment that it cannot submit not hold up the others', async () => {
    const broken = await engine.create(single);
    const good = await engine.create(single);
    await engine.work();
    // A state that no destroy may begin in, though nothing runs.
    await engine
      .knex('environments')
      .where({ id: broken.environment.id })
      .update({ state: 'updating' });
    engine.clock.advance(120);
    expect(await tick()).toBe(1);
    expect(await get(good.environment.id)).toMatchObject({
      state: 'destroying',
    });
    // Nothing of the attempt is left but that it is tried again, by the teardown sweep.
    expect(await tick()).toBe(0);
    expect(
      await engine
        .knex('lease_entries')
        .where({ environment_id: broken.environment.id })
        .orderBy('id')
        .pluck('kind'),
    ).toEqual(['grant', 'retry']);
    expect(await engine.knex('teardowns').select()).toEqual([
      expect.objectContaining({
        environment_id: broken.environment.id,
        failures: 1,
        operation_id: null,
        last_problem: expect.objectContaining({ code: 'environment.state' }),
      }),
    ]);
  });
});

/** Many living environments like one that runs, without running all their creations. */
async function copyEnvironment(
  { knex }: TestEngine,
  id: string,
  count: number,
): Promise<void> {
  const copies = Array.from({ length: count }, (_, number) => ({
    from: id,
    number,
  }));
  await knex.raw(
    `WITH copies AS (
       SELECT gen_random_uuid() AS id, number
       FROM jsonb_to_recordset(?) AS c(number int)
     ), environments AS (
       INSERT INTO environments (id, name, owner_ref, created_by, type, blueprint_version_id, state, inputs, outputs, created_at, updated_at)
       SELECT c.id, e.name || '-' || c.number, owner_ref, created_by, type, blueprint_version_id, state, inputs, outputs, created_at, updated_at
       FROM environments e, copies c WHERE e.id = ?
     ), leases AS (
       INSERT INTO leases (environment_id, granted_at, expires_at, on_expiry, reason)
       SELECT c.id, granted_at, expires_at, on_expiry, reason FROM leases, copies c WHERE environment_id = ?
     )
     INSERT INTO environment_components (environment_id, component, position, driver, uses, state, apply_begun, outputs, resources)
     SELECT c.id, component, position, driver, uses, state, apply_begun, outputs, resources
     FROM environment_components, copies c WHERE environment_id = ?`,
    [JSON.stringify(copies), id, id, id],
  );
}
