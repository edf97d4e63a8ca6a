import { DateTime } from 'luxon';
import {
  FleetPreview,
  FleetUpgrade,
  Operation,
  WEEKDAYS,
} from '@greenroom/plugin-environments-common';
import { FaultDriver } from '@greenroom/plugin-environments-node/contract-kit';
import { expectBody, startTestApi, TestApi } from '../testing/api';
import { useTestDatabases } from '../testing/database';
import { FLEET_BLUEPRINT, FLEET_BLUEPRINT_2 } from './__testUtils__/fleet';

describe('fleet upgrades over HTTP', () => {
  let api: TestApi;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => api.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    api = await startTestApi({
      knex: await databases.create(),
      driver: new FaultDriver(),
    });
    await api.publish(FLEET_BLUEPRINT, ['site']);
    for (const name of ['ash', 'birch']) {
      const { body } = await api
        .post('/environments', {
          name,
          blueprint: 'fleet',
          owner: 'user:default/mock',
          inputs: {},
        })
        .expect(202);
      await api.until<Operation>(
        `/operations/${body.operation.id}`,
        ({ state }) => state === 'succeeded',
      );
    }
    await api.publish(FLEET_BLUEPRINT_2, ['site']);
  });

  const asked = {
    selection: { blueprint: 'fleet' },
    waves: [{ count: 1 }, { percent: 50 }],
    reason: 'the second is better',
  };
  const move = (id: string, name: string) =>
    api.post(`/fleet-upgrades/${id}/${name}`, { reason: 'to try it' });

  it('are paused, resumed and aborted', async () => {
    // Or it may have come to its end before it is paused.
    const notToday = {
      days: [WEEKDAYS[DateTime.utc().plus({ days: 3 }).weekday - 1]],
      ...{ from: '10:00', to: '11:00', timeZone: 'UTC' },
    };
    const { body: begun } = await api
      .post('/fleet-upgrades', { ...asked, windows: [notToday] })
      .expect(202);
    for (const [name, state] of [
      ['pause', 'paused'],
      ['resume', 'running'],
      ['abort', 'aborted'],
    ]) {
      const { body } = await move(begun.id, name).expect(200);
      expectBody('FleetUpgrade', body);
      expect(body).toMatchObject({ state });
    }
  });

  it('are told beforehand, run to their end by themselves, and are listed', async () => {
    const { body: preview } = await api
      .post('/fleet-upgrades/preview', asked)
      .expect(200);
    expectBody('FleetPreview', preview);
    expect((preview as FleetPreview).waves).toHaveLength(2);

    const { body: begun } = await api
      .post('/fleet-upgrades', asked)
      .expect(202);
    expectBody('FleetUpgrade', begun);
    const path = `/fleet-upgrades/${begun.id}`;
    const done = await api.until<FleetUpgrade>(
      path,
      ({ state }) => state === 'completed',
    );
    expectBody('FleetUpgrade', done);
    expect(done.counts).toMatchObject({ succeeded: 2 });
    await move(begun.id, 'abort').expect(409);

    const list =
      '/fleet-upgrades?blueprint=fleet&state=completed&state=stopped';
    const { body: page } = await api.get(list).expect(200);
    expectBody('FleetUpgradePage', page);
    expect(page).toMatchObject({ total: 1, items: [{ id: begun.id }] });
    const { body: none } = await api.get('/fleet-upgrades?state=paused');
    expect(none).toEqual({ items: [], total: 0 });

    const first = await api.get(`${path}/environments?limit=1`).expect(200);
    expectBody('FleetEnvironmentPage', first.body);
    expect(first.body).toMatchObject({ total: 2, items: [{ name: 'ash' }] });
    const { nextCursor } = first.body;
    const second = await api.get(
      `${path}/environments?cursor=${nextCursor}&state=succeeded&wave=2`,
    );
    expect(second.body).toMatchObject({ total: 1, items: [{ name: 'birch' }] });
  });

  it.each([
    [{ ...asked, waves: [{ count: 1, percent: 2 }] }],
    [{ ...asked, waves: [{ percent: 101 }] }],
    [{ ...asked, concurrency: 0 }],
    [{ ...asked, reason: '' }],
    [{ ...asked, selection: {} }],
    [
      {
        ...asked,
        windows: [
          { days: ['mon'], from: '24:00', to: '01:00', timeZone: 'UTC' },
        ],
      },
    ],
  ])('refuse %j', async body => {
    await api.post('/fleet-upgrades', body).expect(400);
  });

  it('know none of another id', async () => {
    const id = '7f2c1d3e-5a4b-4c6d-8e9f-0a1b2c3d4e5f';
    for (const path of ['', '/environments']) {
      const { body } = await api
        .get(`/fleet-upgrades/${id}${path}`)
        .expect(404);
      expect(body.problems).toMatchObject([{ code: 'fleet.not-found' }]);
    }
    await api.post(`/fleet-upgrades/${id}/pause`, { reason: 'x' }).expect(404);
  });
});
