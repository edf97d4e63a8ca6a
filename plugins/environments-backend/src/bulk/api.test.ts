import {
  BulkOutcome,
  BulkRequest,
  Environment,
  Operation,
} from '@greenroom/plugin-environments-common';
import { FaultDriver } from '@greenroom/plugin-environments-node/contract-kit';
import { expectBody, startTestApi, TestApi } from '../testing/api';
import { ONE_COMPONENT_BLUEPRINT } from '../testing/blueprints';
import { useTestDatabases } from '../testing/database';

const BLUEPRINT = ONE_COMPONENT_BLUEPRINT.replace(
  'default: 2m',
  'default: 1d, max: 30d, extensions: {max: 1, by: 1d}',
);
const NOBODY = '7f2c1d3e-5a4b-4c6d-8e9f-0a1b2c3d4e5f';
const IN_A_DAY = () => new Date(Date.now() + 86_400_000).toISOString();

describe('changes of many environments over HTTP', () => {
  let api: TestApi;
  const ids: Record<string, string> = {};
  const ended = (id: string) =>
    api.until<Operation>(
      `/operations/${id}`,
      ({ state }) => state === 'succeeded',
    );

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => api.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    api = await startTestApi({
      knex: await databases.create(),
      driver: new FaultDriver(),
    });
    await api.publish(BLUEPRINT, ['site']);
    for (const name of ['ash', 'birch', 'cedar']) {
      const { body } = await api
        .post('/environments', {
          name,
          blueprint: 'single',
          owner: 'user:default/mock',
          inputs: {},
        })
        .expect(202);
      ids[name] = body.environment.id;
      await ended(body.operation.id);
    }
  });

  async function change(
    request: BulkRequest,
    headers: Record<string, string> = {},
  ): Promise<BulkOutcome> {
    const { body } = await api
      .post('/environments/bulk', request)
      .set(headers)
      .expect(200);
    expectBody('BulkOutcome', body);
    return body;
  }

  async function refused(request: object, status: number): Promise<string> {
    const { body } = await api
      .post('/environments/bulk', request)
      .expect(status);
    return body.problems[0].code;
  }

  const environment = async (name: string): Promise<Environment> =>
    (await api.get(`/environments/${ids[name]}`).expect(200)).body;

  it('say beforehand what would be of each, and then do that', async () => {
    await api.post(`/environments/${ids.birch}/lease/extend`, {}).expect(200);
    const request: BulkRequest = {
      action: 'extend',
      ids: [ids.ash, ids.birch, NOBODY],
      reason: 'the fair was moved',
    };
    const before = await environment('ash');
    const preview = await change({ ...request, dryRun: true });
    expect(preview).toMatchObject({
      dryRun: true,
      done: 1,
      refused: 2,
      items: [
        { name: 'ash', owner: 'user:default/mock' },
        { name: 'birch', problem: { code: 'lease.extension.limit' } },
        { environmentId: NOBODY, problem: { code: 'environment.not-found' } },
      ],
    });
    expect((await environment('ash')).lease).toEqual(before.lease);

    const made = await change(request);
    expect(made).toEqual({ ...preview, dryRun: false });
    expect((await environment('ash')).lease.expiresAt).toBe(
      preview.items[0].expiresAfter,
    );
  });

  it('are made once under one key', async () => {
    const request: BulkRequest = {
      action: 'hold',
      ids: [ids.cedar],
      until: IN_A_DAY(),
      reason: 'incident 42',
    };
    const key = { 'Idempotency-Key': 'hold-cedar' };
    const first = await change(request, key);
    expect(await change(request, key)).toEqual(first);
    const { body: ledger } = await api.get(
      `/environments/${ids.cedar}/lease/entries`,
    );
    expect(
      ledger.items.filter(({ kind }: { kind: string }) => kind === 'hold'),
    ).toHaveLength(1);
    expect((await environment('cedar')).lease.hold).toMatchObject({
      reason: 'incident 42',
    });
    const filter = { search: 'cedar' };
    const released = { action: 'release', filter, count: 1 } as const;
    expect(await change(released)).toMatchObject({ done: 1 });
    expect(await change(released)).toMatchObject({
      items: [{ problem: { code: 'lease.hold.none' } }],
    });
  });

  it('pause and resume what can be, and refuse the others', async () => {
    const preview = await change({
      action: 'resume',
      ids: [ids.ash],
      dryRun: true,
    });
    expect(preview.items).toMatchObject([
      { problem: { code: 'environment.state' } },
    ]);
    const done = await change({ action: 'resume', ids: [ids.ash] });
    expect(done.items[0].problem).toEqual(preview.items[0].problem);
  });

  it('destroy as many as were counted, but for what is protected', async () => {
    await api
      .post(`/environments/${ids.ash}/lease/protect`, { reason: 'a demo' })
      .expect(200);
    const request: BulkRequest = {
      action: 'destroy',
      filter: { blueprint: ['single'], scope: 'mine' },
    };
    expect(await refused(request, 400)).toBe('bulk.count.missing');
    expect(await refused({ ...request, count: 2 }, 409)).toBe('bulk.count');

    const preview = await change({ ...request, dryRun: true });
    expect(preview).toMatchObject({
      done: 2,
      items: [
        { name: 'ash', problem: { code: 'environment.protected' } },
        { name: 'birch', resources: expect.any(Number) },
        { name: 'cedar' },
      ],
    });
    const made = await change({ ...request, count: 3 });
    expect(made).toMatchObject({ done: 2, refused: 1 });
    expect(made.items[0].problem).toEqual(preview.items[0].problem);
    for (const { operation } of made.items.slice(1)) {
      await ended(operation!.id);
    }
    expect(await environment('birch')).toMatchObject({ state: 'destroyed' });
    expect(await environment('ash')).toMatchObject({ state: 'running' });
  });

  it.each([
    [{ action: 'pause' }, 'bulk.selection'],
    [{ action: 'pause', ids: [NOBODY], filter: {} }, 'bulk.selection'],
    [{ action: 'hold', ids: [NOBODY], reason: 'x' }, 'bulk.until'],
    [{ action: 'hold', ids: [NOBODY], until: IN_A_DAY() }, 'lease.reason'],
    [{ action: 'extend', ids: [NOBODY], by: 'long', dryRun: true }, 'lease.by'],
  ])('refuse %j as a whole', async (request, code) => {
    expect(await refused(request, 400)).toBe(code);
  });
});
