import { FaultDriver } from '@greenroom/plugin-environments-node/contract-kit';
import { Keyring } from '../../secrets/keyring';
import { expectBody, startTestApi, TestApi } from '../../testing/api';
import { ONE_COMPONENT_BLUEPRINT } from '../../testing/blueprints';
import { useTestDatabases } from '../../testing/database';
import { sealLink } from './link';

const KEY = { id: 'links', secret: 'for the links in warnings, in this test' };

describe('links of warnings over HTTP', () => {
  let api: TestApi;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => api.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    api = await startTestApi({
      knex: await databases.create(),
      driver: new FaultDriver(),
      settings: { secrets: { keys: [KEY] } },
    });
    await api.publish(ONE_COMPONENT_BLUEPRINT.replace('2m', '1d'), ['site']);
  });

  it('are looked at, used once, and refused after that', async () => {
    const { body } = await api
      .post('/environments', {
        name: 'warned',
        blueprint: 'single',
        owner: 'user:default/mock',
        inputs: {},
      })
      .expect(202);
    const link = `/lease-links/${sealLink(new Keyring([KEY]), {
      environmentId: body.environment.id,
      revision: 1,
      seconds: 3600,
      recipients: ['user:default/mock'],
    })}`;
    const offer = await api.get(link).expect(200);
    expectBody('ExtendOffer', offer.body);
    const change = await api.post(`${link}/use`, {}).expect(200);
    expectBody('LeaseChange', change.body);
    expect(change.body.lease.expiresAt).toBe(offer.body.expiresAfter);
    const again = await api.post(`${link}/use`, {}).expect(409);
    expect(again.body.problems[0].code).toBe('lease.link.used');
  });

  it('are not found when nobody has made them', async () => {
    const { body } = await api.get('/lease-links/none').expect(404);
    expect(body.problems[0].code).toBe('lease.link.invalid');
  });
});
