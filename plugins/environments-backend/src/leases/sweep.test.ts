import { fails } from '@greenroom/plugin-environments-node/contract-kit';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';
import { copyEnvironment } from './__testUtils__/copies';

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

  it('takes down again what somebody has made whole after its time', async () => {
    engine.driver.script('site', { destroy: fails() });
    const { environment } = await engine.create(single);
    await engine.work();
    engine.clock.advance(120);
    expect(await tick()).toBe(1);
    await engine.work();
    expect(await tick()).toBe(0);
    await engine.submit(environment.id, { kind: 'remediate' });
    await engine.work();
    expect(await tick()).toBe(1);
    expect(
      await engine.knex('lease_entries').orderBy('id').pluck('kind'),
    ).toEqual(['grant', 'expiry', 'retry', 'revive', 'expiry']);
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

  it('lets owners take turns when very many of one are due before those of others', async () => {
    const many = await engine.create(single);
    await engine.work();
    await copyEnvironment(engine, many.environment.id, 99);
    const owner = 'user:default/mira';
    const one = await engine.create({ ...single, owner });
    await engine.work();
    await engine.knex('leases').update({
      due_at: engine.knex.raw(
        "now() + CASE environment_id WHEN ? THEN interval '1 h' ELSE '0 s' END",
        [one.environment.id],
      ),
    });
    engine.clock.advance(7200);
    expect(await tick()).toBe(101);
    const operations = await engine
      .knex('operations')
      .whereIn('id', engine.rung.slice(0, 2))
      .pluck('owner_ref');
    expect(operations).toContain(owner);
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

  describe('when a destroy can not be submitted', () => {
    let id: string;
    const teardowns = () => engine.knex('teardowns');

    beforeEach(async () => {
      id = (await engine.create(single)).environment.id;
      await engine.work();
      engine.clock.advance(120);
    });

    /** Has the database do something before it takes a row. */
    async function beforeEachRowOf(table: string, statement: string) {
      await engine.knex.raw(
        `CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql
         AS $$ BEGIN ${statement}; RETURN NEW; END $$`,
      );
      await engine.knex.raw(
        `CREATE TRIGGER meddle BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION meddle()`,
      );
      return () => engine.knex.raw('DROP FUNCTION meddle CASCADE');
    }

    it('for a reason that nobody foresaw, puts it on record and tries it again', async () => {
      const mend = await beforeEachRowOf(
        'operations',
        "RAISE EXCEPTION 'a secret in here'",
      );
      expect(await tick()).toBe(0);
      expect(engine.logger.error).toHaveBeenCalledWith(
        `Could not submit the teardown of environment ${id}`,
        expect.objectContaining({ message: expect.stringContaining('secret') }),
      );
      expect(await teardowns()).toMatchObject([
        {
          environment_id: id,
          failures: 1,
          last_problem: {
            code: 'teardown.not-submitted',
            message: 'The teardown could not even be begun.',
          },
        },
      ]);
      await mend();
      engine.clock.advance(60);
      expect(await engine.rooms.teardownSweep.tick(engine.clock.now())).toBe(1);
    });

    it('since the database is in trouble, takes it for no failure', async () => {
      const mend = await beforeEachRowOf(
        'operations',
        "RAISE EXCEPTION 'try again' USING ERRCODE = 'serialization_failure'",
      );
      await expect(tick()).rejects.toMatchObject({ code: '40001' });
      await mend();
      expect(await teardowns()).toEqual([]);
      expect(await tick()).toBe(1);
    });

    it('since somebody was faster, takes it for no failure', async () => {
      const mend = await beforeEachRowOf(
        'lease_entries',
        `INSERT INTO operations (id, environment_id, number, kind, state, blueprint_version_id, inputs, owner_ref, requested_by, requested_at, cause)
         SELECT gen_random_uuid(), environment_id, number + 1, 'update', 'queued', blueprint_version_id, inputs, owner_ref, requested_by, requested_at, cause
         FROM operations WHERE environment_id = NEW.environment_id`,
      );
      expect(await tick()).toBe(0);
      await mend();
      expect(await teardowns()).toEqual([]);
      expect(await tick()).toBe(1);
    });
  });
});
