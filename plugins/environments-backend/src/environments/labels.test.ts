import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  environmentUpdatePermission,
  LabelChanges,
  MAX_LABELS,
} from '@greenroom/plugin-environments-common';
import {
  createEnvironmentConditionalDecision,
  environmentConditions,
} from '@greenroom/plugin-environments-node';
import request from 'supertest';
import { problemsOf } from '../errors';
import { createTestApp } from '../testing/app';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';

describe('the labels of an environment', () => {
  let engine: TestEngine;
  let id: string;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => engine.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    engine = await startTestEngine(await databases.create());
  });
  beforeEach(async () => {
    const labels = { team: 'checkout', tier: '2' };
    ({
      environment: { id },
    } = await engine.create({ labels }));
    await engine.knex('outbox').delete();
  });
  afterEach(() => {
    engine.policy.byPermission = {};
    engine.policy.decision = { result: AuthorizeResult.ALLOW };
  });

  const change = (labels: LabelChanges) =>
    engine.rooms.labels.change(id, { labels }, MIRA);
  const get = async () =>
    (await engine.rooms.environments.get(id, MIRA)).labels;
  const refusal = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      error => [error.name, problemsOf(error)?.map(({ code }) => code)],
    );
  const audited = () =>
    engine.knex('audit_entries').where({
      environment_id: id,
      action: 'environment.labels.changed',
    });

  it('come with its request, and are shown wherever it is', async () => {
    expect(await get()).toEqual({ team: 'checkout', tier: '2' });
    const { items } = await engine.rooms.environments.list({}, MIRA);
    expect(items.find(one => one.id === id)?.labels).toEqual(await get());
    const { environment } = await engine.create();
    expect(environment.labels).toEqual({});
  });

  it('are changed one by one, which is on record and told', async () => {
    expect(
      await change({ tier: null, 'example.com/cost': '42' }),
    ).toMatchObject({ id, labels: { team: 'checkout' } });
    expect(await get()).toEqual({ team: 'checkout', 'example.com/cost': '42' });
    expect(await audited()).toMatchObject([
      {
        actor: 'user:default/mira',
        operation_id: null,
        details: { set: { 'example.com/cost': '42' }, removed: ['tier'] },
      },
    ]);
    expect(await engine.knex('outbox').pluck('payload')).toMatchObject([
      { environmentId: id },
    ]);
  });

  it('stay without a trace when they are so already', async () => {
    await change({ team: 'checkout', never: null });
    expect(await audited()).toEqual([]);
    expect(await engine.knex('outbox')).toEqual([]);
  });

  it('keep what two people change at once', async () => {
    await Promise.all([
      change({ first: '1' }),
      change({ second: '2' }),
      change({ tier: null }),
    ]);
    expect(await get()).toEqual({ team: 'checkout', first: '1', second: '2' });
  });

  it('are refused where they are not fit, in a request and later', async () => {
    const wrong = { 'my team': 'x', 'greenroom.dev/type': 'x' };
    const codes = ['environment.labels.key', 'environment.labels.reserved'];
    expect(await refusal(change({ ...wrong, good: 'x' }))).toEqual([
      'InputError',
      codes,
    ]);
    expect(await refusal(engine.create({ labels: wrong }))).toEqual([
      'InputError',
      codes,
    ]);
    expect(await get()).not.toHaveProperty('good');
  });

  it('are refused where they become too many, in a request and later', async () => {
    const many = Object.fromEntries(
      Array.from({ length: MAX_LABELS - 1 }, (_, index) => [`k${index}`, '']),
    );
    const tooMany = ['InputError', ['environment.labels.many']];
    expect(await refusal(change(many))).toEqual(tooMany);
    expect(
      await refusal(engine.create({ labels: { ...many, a: '', b: '' } })),
    ).toEqual(tooMany);
    await change({ ...many, tier: null });
    expect(Object.keys(await get())).toHaveLength(MAX_LABELS);
  });

  it('are changed by those alone who may update it', async () => {
    engine.policy.byPermission[environmentUpdatePermission.name] =
      createEnvironmentConditionalDecision(
        environmentUpdatePermission,
        environmentConditions.isOwner({ claims: ['group:default/other'] }),
      );
    expect(await refusal(change({ a: '' }))).toEqual([
      'NotAllowedError',
      ['environment.not-allowed'],
    ]);
    engine.policy.decision = { result: AuthorizeResult.DENY };
    expect(await refusal(change({ a: '' }))).toEqual([
      'NotFoundError',
      ['environment.not-found'],
    ]);
    expect(await audited()).toEqual([]);
  });

  it('stay as they were once it is destroyed', async () => {
    await engine
      .knex('environments')
      .where({ id })
      .update({ state: 'destroyed', destroyed_at: engine.clock.now() });
    expect(await refusal(change({ a: '' }))).toEqual([
      'ConflictError',
      ['environment.destroyed'],
    ]);
  });

  it('are of no trial', async () => {
    const { operation } = await engine.create({ dryRun: true, plan: true });
    id = operation.environmentId;
    expect(await refusal(change({ a: '' }))).toEqual([
      'NotFoundError',
      ['environment.not-found'],
    ]);
  });

  it('are changed, and asked for, over HTTP', async () => {
    const app = createTestApp(engine);
    const path = `/environments/${id}/labels`;
    const { status, body } = await request(app)
      .patch(path)
      .send({ labels: { tier: null, http: 'yes' } });
    expect([status, body.labels]).toEqual([
      200,
      { team: 'checkout', http: 'yes' },
    ]);
    for (const wrong of [{}, { labels: { a: 1 } }, { labels: {}, x: 1 }]) {
      const { body: answer } = await request(app).patch(path).send(wrong);
      expect(answer.problems).toMatchObject([{ code: 'request.shape' }]);
    }
    const list = async (query: string) =>
      (await request(app).get(`/environments?${query}`)).body;
    expect(await list('label=http&label=team%3Dcheckout')).toMatchObject({
      total: 1,
      items: [{ id }],
    });
    expect(await list('label=http%3Dno')).toMatchObject({ total: 0 });
    expect(await list('label=team&label=a%20b')).toMatchObject({
      problems: [{ code: 'environment.labels.key', field: '/label/1' }],
    });
  });
});
