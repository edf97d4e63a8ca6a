import request from 'supertest';
import { expectBody } from '../../testing/api';
import { createTestApp } from '../../testing/app';
import { useTestDatabases } from '../../testing/database';
import { OWNER, startTestEngine, TestEngine } from '../../testing/engine';

describe('the brake on ends of leases over HTTP', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  let id: string;

  const tick = () => engine.rooms.sweep.tick(engine.clock.now());

  // No sweep looks but when it is told to: one by itself would lift what nobody waits behind.
  beforeEach(async () => {
    engine = await startTestEngine(await databases.create(), {
      brake: { leapSeconds: 900, sharePercent: 20, atLeast: 1 },
    });
    id = (await engine.create({ blueprint: 'single', inputs: {} })).environment
      .id;
    await engine.work();
    await tick();
  });
  afterEach(() => engine.stop());

  const get = async (path: string) =>
    (await request(createTestApp(engine)).get(path).expect(200)).body;
  const post = (path: string, body: object) =>
    request(createTestApp(engine)).post(path).send(body);

  it('is told of, with what waits behind it, and goes by a word', async () => {
    const none = await get('/leases/brake');
    expectBody('LeaseBrakeStatus', none);
    expect(none.brake).toBeUndefined();

    engine.clock.advance(2 * 3600);
    await tick();
    const status = await get('/leases/brake');
    expectBody('LeaseBrakeStatus', status);
    expect(status.brake).toMatchObject({ waiting: 1, ownersTotal: 1 });
    const owner = encodeURIComponent(OWNER);
    const page = await get(`/leases/brake/waiting?limit=1&owner=${owner}`);
    expectBody('WaitingLeasePage', page);
    expect(page.items).toMatchObject([{ environmentId: id }]);

    const route = `/leases/brakes/${status.brake.id}`;
    const reason = 'the clock was right';
    await post(`${route}/release`, { revision: 1 }).expect(400);
    const postpone = { reason, by: '8h', dryRun: true };
    const { body: dry } = await post(`${route}/postpone`, postpone);
    expectBody('LeaseBrakeAnswer', dry);
    expect(dry).toMatchObject({ dryRun: true, environments: 1 });
    const { body: said } = await post(`${route}/release`, { reason });
    expectBody('LeaseBrakeAnswer', said);
    expect(said.brake.word).toMatchObject({ end: 'released', reason });
    await post(`${route}/release`, { reason }).expect(409);
  });
});
