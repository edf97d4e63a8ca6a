import { mockCredentials } from '@backstage/backend-test-utils';
import { FaultDriver } from '@greenroom/plugin-environments-node/contract-kit';
import { expectBody, startTestApi, TestApi } from '../../testing/api';
import { ONE_COMPONENT_BLUEPRINT } from '../../testing/blueprints';
import { useTestDatabases } from '../../testing/database';

const BLUEPRINT = ONE_COMPONENT_BLUEPRINT.replace(
  'default: 2m',
  'default: 1d, max: 3d',
);
const ADA = mockCredentials.user.header('user:default/ada');

describe('requests for more time over HTTP', () => {
  let api: TestApi;
  let id: string;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => api.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    const knex = await databases.create();
    api = await startTestApi({ knex, driver: new FaultDriver() });
    await api.publish(BLUEPRINT, ['site']);
    const { body } = await api
      .post('/environments', {
        name: 'asking',
        blueprint: 'single',
        owner: 'user:default/mock',
        inputs: {},
      })
      .expect(202);
    id = body.environment.id;
  });

  const post = (change: string, body: object) =>
    api.post(`/environments/${id}/lease/${change}`, body);
  const asking = { by: '5d', reason: 'the demo is on Monday' };

  it('are asked, listed and answered by somebody else', async () => {
    const tooLong = await post('extend', { by: '2d' }).expect(200);
    expect(tooLong.body.lease.expiresAt).toBe(tooLong.body.lease.maxExpiresAt);
    const refused = await post('extend', { by: '1h' }).expect(409);
    expect(refused.body.problems).toMatchObject([
      {
        code: 'lease.maximum.reached',
        remedy: expect.stringMatching(/^Beyond the limits, ask for more time/),
      },
    ]);

    const asked = await post('ask', asking)
      .set('Idempotency-Key', 'ask-1')
      .expect(200);
    expectBody('LeaseChange', asked.body);
    const { id: request } = asked.body.lease.moreTime;
    const again = await post('ask', asking)
      .set('Idempotency-Key', 'ask-1')
      .expect(200);
    expect(again.body.entries).toEqual(asked.body.entries);

    const listed = await api.get('/leases/more-time?limit=1').expect(200);
    expectBody('WaitingMoreTimePage', listed.body);
    expect(listed.body).toMatchObject({ total: 1, items: [{ id: request }] });
    const owner = encodeURIComponent('group:default/others');
    const none = await api.get(`/leases/more-time?owner=${owner}`).expect(200);
    expect(none.body).toMatchObject({ total: 0 });

    const own = await post('approve', { request }).expect(403);
    expect(own.body.problems).toMatchObject([{ code: 'lease.more-time.own' }]);
    await post('decline', { request }).set('Authorization', ADA).expect(400);
    const approved = await post('approve', { request })
      .set('Authorization', ADA)
      .expect(200);
    expectBody('LeaseChange', approved.body);
    expect(approved.body.lease).toMatchObject({
      expiresAt: asked.body.lease.moreTime.until,
      moreTime: { state: 'approved', answer: { by: 'user:default/ada' } },
    });
    const late = await post('decline', { request, reason: 'no' })
      .set('Authorization', ADA)
      .expect(409);
    expect(late.body.problems).toMatchObject([
      { code: 'lease.more-time.answered' },
    ]);
    const lease = await api.get(`/environments/${id}/lease`).expect(200);
    expectBody('EnvironmentLease', lease.body);
    const ledger = await api
      .get(`/environments/${id}/lease/entries`)
      .expect(200);
    expectBody('LeaseLedgerPage', ledger.body);
  });

  it('are withdrawn and declined', async () => {
    for (const [change, header] of [
      ['withdraw', undefined],
      ['decline', ADA],
    ] as const) {
      const { body } = await post('ask', asking).expect(200);
      const request = body.lease.moreTime.id;
      const call = post(change, { request, reason: 'it will do' });
      const { body: answer } = await (
        header ? call.set('Authorization', header) : call
      ).expect(200);
      expectBody('LeaseChange', answer);
      expect(answer.entries).toMatchObject([{ kind: change }]);
    }
  });

  it('are well formed', async () => {
    for (const [change, body] of [
      ['ask', { by: '5d' }],
      ['ask', { ...asking, reason: 'x'.repeat(1001) }],
      ['approve', {}],
      ['withdraw', { request: 'none' }],
    ] as const) {
      await post(change, body).expect(400);
    }
    const request = '7f2c1d3e-5a4b-4c6d-8e9f-0a1b2c3d4e5f';
    await post('withdraw', { request }).expect(404);
    await api.get('/leases/more-time?cursor=none').expect(400);
  });
});
