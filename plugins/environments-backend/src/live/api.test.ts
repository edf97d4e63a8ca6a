import { Operation } from '@greenroom/plugin-environments-common';
import { FaultDriver } from '@greenroom/plugin-environments-node/contract-kit';
import { expectBody, startTestApi, TestApi } from '../testing/api';
import { ONE_COMPONENT_BLUEPRINT } from '../testing/blueprints';
import { useTestDatabases } from '../testing/database';

describe('what runs, over HTTP', () => {
  const driver = new FaultDriver();
  let api: TestApi;
  let live: string;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => api.stop());
  const databases = useTestDatabases();

  /** Made by a portal that works, and looked at through one that leaves that to others. */
  beforeAll(async () => {
    const knex = await databases.create();
    api = await startTestApi({ knex, driver });
    await api.publish(ONE_COMPONENT_BLUEPRINT, ['site']);
    const { body } = await api
      .post('/environments', {
        name: 'shop',
        blueprint: 'single',
        owner: 'user:default/mock',
        inputs: {},
      })
      .expect(202);
    await api.until<Operation>(
      `/operations/${body.operation.id}`,
      ({ state }) => state === 'succeeded',
    );
    live = `/environments/${body.environment.id}/live`;
    await api.stop();
    const settings = { worker: { enabled: false } };
    api = await startTestApi({ knex, driver, settings });
  });

  it('is what the document says', async () => {
    driver.world.drift(live.split('/')[2], 'site', 'fault_thing.site', {
      by: 'hand',
    });
    const list = await api.get(live).expect(200);
    expectBody('LiveComponents', list.body);
    expect(list.body.items).toMatchObject([
      { component: 'site', sync: 'outOfSync' },
    ]);
    driver.script('site', {
      live: { shows: { operation: { phase: 'running', message: 'now' } } },
    });
    const detail = await api.get(`${live}/site`).expect(200);
    expectBody('LiveDetail', detail.body);
    expect(detail.body.changes).toHaveLength(1);
    expect(detail.body.operation).toEqual({ phase: 'running', message: 'now' });
  });

  it('is synced and rolled back, and answered by nothing', async () => {
    await api.post(`${live}/site/sync`, {}).expect(202, '');
    const { body } = await api.get(`${live}/site`).expect(200);
    expect(body.sync).toBe('synced');
    const [{ id: to }] = body.history;
    await api.post(`${live}/site/rollback`, { to }).expect(202, '');
    await api.post(`${live}/site/rollback`, {}).expect(400);
    await api.get(`${live}/web`).expect(404);
    await api.get('/environments/shop/live').expect(404);
    await api.post('/environments/shop/live/site/sync', {}).expect(404);
  });
});
