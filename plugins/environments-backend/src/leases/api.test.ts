import {
  Environment,
  EnvironmentLease,
  LeaseChange,
  LeaseLedgerEntry,
  Page,
  ProblemsBody,
} from '@greenroom/plugin-environments-common';
import { FaultDriver } from '@greenroom/plugin-environments-node/contract-kit';
import { momentOf } from '../clock';
import { expectBody, startTestApi, TestApi } from '../testing/api';
import { ONE_COMPONENT_BLUEPRINT } from '../testing/blueprints';
import { useTestDatabases } from '../testing/database';

const BLUEPRINT = ONE_COMPONENT_BLUEPRINT.replace(
  'default: 2m',
  'default: 1d, max: 30d, warnBefore: [1h], extensions: {max: 2, by: 1d}',
).replace('  ttl:', '  idle: {after: 2d, then: destroy}\n  ttl:');
const HOUR = 3_600_000;

describe('leases over HTTP', () => {
  let api: TestApi;
  let id: string;
  let serial = 0;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => api.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    api = await startTestApi({
      knex: await databases.create(),
      driver: new FaultDriver(),
      settings: {
        leases: {
          rules: [{ match: { blueprint: ['single'] }, max: '3d' }],
        },
      },
    });
    await api.publish(BLUEPRINT, ['site']);
  });
  beforeEach(async () => {
    serial += 1;
    const { body } = await api
      .post('/environments', {
        name: `single-${serial}`,
        blueprint: 'single',
        owner: 'user:default/mock',
        inputs: {},
      })
      .expect(202);
    id = body.environment.id;
  });

  async function get(): Promise<EnvironmentLease> {
    const { body } = await api.get(`/environments/${id}/lease`).expect(200);
    expectBody('EnvironmentLease', body);
    return body;
  }
  async function entries(query = ''): Promise<Page<LeaseLedgerEntry>> {
    const { body } = await api
      .get(`/environments/${id}/lease/entries${query}`)
      .expect(200);
    expectBody('LeaseLedgerPage', body);
    return body;
  }
  async function change(
    name: string,
    request: object,
    key?: string,
  ): Promise<LeaseChange> {
    const call = api.post(`/environments/${id}/lease/${name}`, request);
    if (key) call.set('Idempotency-Key', key);
    const { body } = await call;
    expect(body.problems).toBeUndefined();
    expectBody('LeaseChange', body);
    return body;
  }
  async function refused(
    name: string,
    request: object,
    status = 409,
    key?: string,
  ) {
    const call = api.post(`/environments/${id}/lease/${name}`, request);
    if (key) call.set('Idempotency-Key', key);
    const { body } = await call.expect(status);
    expectBody('ErrorBody', body);
    return (body as ProblemsBody).problems[0];
  }
  const hoursBetween = (from?: string, to?: string) =>
    (momentOf(to!).getTime() - momentOf(from!).getTime()) / HOUR;

  it('say why an environment ends when it does, by which rules, and how far it may be extended', async () => {
    const lease = await get();
    expect(lease).toMatchObject({
      environmentName: `single-${serial}`,
      stage: 'running',
      reason: "1 d, the blueprint's default",
      rule: 'ttl.default',
      dueAt: lease.expiresAt,
      extensionsUsed: 0,
      revision: 1,
      rules: {
        max: { value: 259_200, rule: 'config.leases.rules[0].max' },
        extensions: { value: 2, rule: 'ttl.extensions.max' },
      },
      extension: { usualSeconds: 86_400, left: 2 },
      rights: { extend: true, override: true, hold: true, protect: true },
    });
    expect(hoursBetween(lease.grantedAt, lease.maxExpiresAt)).toBe(72);
    expect(hoursBetween(lease.grantedAt, lease.extension.until)).toBe(48);
  });

  it('are extended, which the environment, its ledger and the audit record show', async () => {
    const before = await get();
    const { entries: added, lease } = await change('extend', {
      by: '12h',
      reason: 'a demo',
    });
    expect(added).toMatchObject([
      {
        kind: 'extend',
        actor: 'user:default/mock',
        reason: 'extended by 12 h: a demo',
        rule: 'lease.extended',
        expiresBefore: before.expiresAt,
        expiresAfter: lease.expiresAt,
      },
    ]);
    expect(hoursBetween(before.expiresAt, lease.expiresAt)).toBe(12);
    expect(lease).toMatchObject({ extensionsUsed: 1, revision: 2 });
    expect(await get()).toMatchObject({ expiresAt: lease.expiresAt });
    const { body } = await api.get(`/environments/${id}`).expect(200);
    expect((body as Environment).lease).toMatchObject({
      expiresAt: lease.expiresAt,
      reason: 'extended by 12 h: a demo',
    });
  });

  it('show what would be, and stay as they are, in a dry run', async () => {
    const before = await get();
    const {
      dryRun,
      entries: would,
      lease,
    } = await change('extend', {
      by: '12h',
      dryRun: true,
    });
    expect(dryRun).toBe(true);
    expect(would).toMatchObject([{ kind: 'extend' }]);
    expect(would[0].id).toBeUndefined();
    expect(hoursBetween(before.expiresAt, lease.expiresAt)).toBe(12);
    expect(await get()).toEqual(before);
  });

  it('are changed once by a request that is repeated, and refuse its key to another', async () => {
    const key = `key-${serial}`;
    const first = await change('extend', { by: '1h' }, key);
    const second = await change('extend', { by: '1h' }, key);
    expect(second.entries).toEqual(first.entries);
    expect(second.lease.revision).toBe(2);
    const other = await refused('extend', { by: '2h' }, 409, key);
    expect(other.code).toBe('request.idempotency-key.reused');
  });

  it('take one of many that repeat a request at once', async () => {
    const key = `at-once-${serial}`;
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => change('extend', { by: '1h' }, key)),
    );
    expect(new Set(answers.map(one => one.entries[0].id)).size).toBe(1);
    expect((await entries()).total).toBe(2);
  });

  it('are told of use by a word about their environment', async () => {
    const path = `/environments/${id}/activity`;
    await api.post(path, { source: 'ci', note: 'nightly' }).expect(204, {});
    await api.post(path, { source: 'CI' }).expect(400);
    const body = await api.until<Environment>(
      `/environments/${id}`,
      ({ idle }) => idle !== undefined,
    );
    expectBody('Environment', body);
    expect(body.idle?.signals).toMatchObject([
      { signal: 'ci', evidence: { by: 'user:default/mock', note: 'nightly' } },
    ]);
  });

  it('are left alone where they are not any more what the caller has seen', async () => {
    await change('extend', { by: '1h', revision: 1 });
    const problem = await refused('extend', { by: '1h', revision: 1 });
    expect(problem).toMatchObject({
      code: 'lease.changed',
      field: '/revision',
    });
  });

  it('are cut by the maximum with an entry that says so, and refused at it', async () => {
    await change('extend', { by: '1d' });
    const { entries: added, lease } = await change('extend', {
      until: momentOf((await get()).maxExpiresAt!).toISOString(),
    });
    expect(added.map(({ kind }) => kind)).toEqual(['extend']);
    expect(lease.extension).toMatchObject({
      left: 0,
      problem: { code: 'lease.extension.limit' },
    });
    expect(await refused('extend', { by: '1h' })).toMatchObject({
      code: 'lease.extension.limit',
      remedy: expect.stringContaining('environments.lease.override'),
    });
    const beyond = await change('extend', {
      by: '2d',
      override: true,
      reason: 'A customer’s trial',
    });
    expect(hoursBetween(lease.grantedAt, beyond.lease.maxExpiresAt)).toBe(120);
    expect(
      await refused('extend', { by: '2d', override: true }, 400),
    ).toMatchObject({ code: 'lease.reason', field: '/reason' });
  });

  it('are shortened', async () => {
    const { lease } = await change('shorten', { by: '20h' });
    expect(hoursBetween(lease.grantedAt, lease.expiresAt)).toBe(4);
    expect((await refused('shorten', { by: '20h' })).code).toBe(
      'lease.shorten.past',
    );
  });

  it('are held and released, and their environments protected', async () => {
    const until = momentOf((await get()).expiresAt!).toISOString();
    const reason = 'Incident 42';
    const held = await change('hold', { until, reason });
    expect(held.lease).toMatchObject({ dueAt: until, hold: { until, reason } });
    expect((await change('release', {})).lease.hold).toBeUndefined();
    const { lease } = await change('protect', { reason });
    expect(lease.protection).toMatchObject({ by: 'user:default/mock', reason });
    const { body } = await api
      .post(`/environments/${id}/operations`, {
        kind: 'destroy',
        whenBusy: 'queue',
      })
      .expect(409);
    expect(body.problems[0]).toMatchObject({ code: 'environment.protected' });
    expect((await change('unprotect', {})).lease.protection).toBeUndefined();
    expect(await refused('hold', { until }, 400)).toMatchObject({
      code: 'request.shape',
    });
  });

  it('refuse what they do not understand, each thing at its place', async () => {
    expect(await refused('extend', { by: 'long' }, 400)).toMatchObject({
      code: 'lease.by',
      field: '/by',
    });
    const until = '2030-01-01T00:00:00Z';
    expect(await refused('extend', { by: '1h', until }, 400)).toMatchObject({
      code: 'lease.by-or-until',
    });
    expect(await refused('extend', { until: 'soon' }, 400)).toMatchObject({
      code: 'request.shape',
      field: '/until',
    });
    expect(await refused('extend', { many: 1 }, 400)).toMatchObject({
      code: 'request.shape',
    });
  });

  it('list their entries page by page, newest first', async () => {
    await change('extend', { by: '1h' });
    await change('shorten', { by: '2h' });
    const first = await entries('?limit=2');
    expect(first).toMatchObject({
      total: 3,
      items: [{ kind: 'shorten' }, { kind: 'extend' }],
    });
    const rest = await entries(`?limit=2&cursor=${first.nextCursor}`);
    expect(rest.items).toMatchObject([
      { kind: 'grant', detail: { onExpiry: 'destroy' } },
    ]);
    expect(rest.nextCursor).toBeUndefined();
  });

  it('of what is destroyed say so, and are not changed any more', async () => {
    await api.until<Environment>(
      `/environments/${id}`,
      ({ state }) => state === 'running',
    );
    await api.post(`/environments/${id}/operations`, { kind: 'destroy' });
    await api.until<Environment>(
      `/environments/${id}`,
      ({ state }) => state === 'destroyed',
    );
    expect(await get()).toMatchObject({
      stage: 'ended',
      endedAt: expect.any(String),
      extension: { problem: { code: 'lease.ended' } },
    });
    expect(await refused('extend', { by: '1h' })).toMatchObject({
      code: 'lease.ended',
      remedy: expect.stringContaining('create a new one'),
    });
  });

  it('are none of what there is not', async () => {
    const none = '7f2c1d3e-5a4b-4c6d-8e9f-0a1b2c3d4e5f';
    await api.get(`/environments/${none}/lease`).expect(404);
    await api.get(`/environments/${none}/lease/entries`).expect(404);
    await api.post(`/environments/${none}/lease/extend`, {}).expect(404);
  });
});
