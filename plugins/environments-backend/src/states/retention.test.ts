import { addSeconds } from '../clock';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';
import { environmentWithStates, stateText } from './__testUtils__/states';

const DAY = 86_400;

describe('what is kept of states', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;

  afterEach(() => engine.stop());

  const serials = async () =>
    (await engine.knex('state_versions').orderBy('id')).map(({ serial }) =>
      Number(serial),
    );

  it('is so many of the newest versions of each', async () => {
    engine = await startTestEngine(await databases.create(), {
      retention: { stateVersions: 2 },
    });
    const bodies = [1, 2, 3, 4].map(serial => stateText(serial));
    await environmentWithStates(engine, bodies);
    await environmentWithStates(engine, bodies.slice(0, 1));
    expect(await serials()).toEqual([3, 4, 1]);
  });

  it('is so many also when an older one is put back in front', async () => {
    engine = await startTestEngine(await databases.create(), {
      retention: { stateVersions: 2 },
    });
    const bodies = [1, 2].map(serial => stateText(serial));
    await environmentWithStates(engine, bodies);
    const { id } = await engine.knex('state_versions').orderBy('id').first();
    await engine.rooms.stateVersions.restore(id, { reason: 'a try' }, MIRA);
    expect(await serials()).toEqual([2, 3]);
  });

  it('goes some time after its environment was destroyed, never before', async () => {
    engine = await startTestEngine(await databases.create());
    const gone = await environmentWithStates(engine, [stateText(1)]);
    await environmentWithStates(engine, [stateText(7)]);
    engine.driver.script('site', {});
    await engine.submit(gone.id, { kind: 'destroy' });
    await engine.work();

    engine.clock.advance(89 * DAY);
    await engine.rooms.retention.tick(engine.clock.now());
    expect(await serials()).toEqual([1, 7]);
    engine.clock.advance(2 * DAY);
    await engine.rooms.retention.tick(engine.clock.now());
    expect(await serials()).toEqual([7]);
  });

  it('goes by many processes at once, and in pieces', async () => {
    engine = await startTestEngine(await databases.create());
    await environmentWithStates(engine, [stateText(1)]);
    const destroyedAt = addSeconds(engine.clock.now(), -100 * DAY);
    await engine.knex('environments').update({ destroyed_at: destroyedAt });
    const { id: environmentId } = await engine.knex('environments').first();
    await engine.knex('states').insert(
      Array.from({ length: 45 }, (_, index) => ({
        id: engine.knex.raw('gen_random_uuid()'),
        environment_id: environmentId,
        component: `c${index}`,
      })),
    );
    await Promise.all([
      engine.rooms.retention.tick(engine.clock.now()),
      engine.rooms.retention.tick(engine.clock.now()),
    ]);
    expect(await engine.knex('states')).toEqual([]);
  });
});
