import { Express } from 'express';
import request from 'supertest';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  environmentStateReadPermission,
  environmentStateRestorePermission,
} from '@greenroom/plugin-environments-common';
import { createTestApp } from '../testing/app';
import { useTestDatabases } from '../testing/database';
import { startTestEngine, TestEngine } from '../testing/engine';
import { overtaken, submitInFront } from '../testing/overtake';
import {
  environmentWithStates,
  resources,
  stateText,
} from './__testUtils__/states';

const DENY = { result: AuthorizeResult.DENY } as const;

describe('versions of states', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  let app: Express;
  let id: string;
  let operationId: string;

  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
    app = createTestApp(engine);
    ({ id, operationId } = await environmentWithStates(engine, [
      stateText(3, { secret: 'correct-horse', ...resources(2) }),
      stateText(5, resources(1)),
      stateText(9),
    ]));
  });
  afterEach(() => engine.stop());

  const list = async (query = {}) =>
    (
      await request(app)
        .get(`/environments/${id}/state-versions`)
        .query(query)
        .expect(200)
    ).body;
  const versionOf = async (serial: number): Promise<string> => {
    const { items } = await list();
    return items.find((item: { serial: number }) => item.serial === serial).id;
  };
  const download = (version: string) =>
    request(app).get(`/state-versions/${version}/content`);
  const restore = (version: string, body: object = { reason: 'a bad apply' }) =>
    request(app).post(`/state-versions/${version}/restore`).send(body);
  const codes = (answer: request.Response) =>
    answer.body.problems.map(({ code }: { code: string }) => code);

  it('are listed newest first, page by page', async () => {
    const first = await list({ limit: 2 });
    expect(first.total).toBe(3);
    expect(first.items).toMatchObject([
      { serial: 9, current: true, resources: 0, component: 'site' },
      { serial: 5, current: false, resources: 1, operationId, lineage: 'line' },
    ]);
    const rest = await list({ limit: 2, cursor: first.nextCursor });
    expect(rest.items).toMatchObject([{ serial: 3, resources: 2 }]);
    expect(rest.nextCursor).toBeUndefined();
    expect(await list({ component: 'site' })).toMatchObject({ total: 3 });
    expect(await list({ component: 'other' })).toEqual({ items: [], total: 0 });
    await request(app)
      .get(`/environments/${id}/state-versions`)
      .query({ cursor: 'nonsense' })
      .expect(400);
  });

  it('are those of one environment, whatever others have', async () => {
    await environmentWithStates(engine, [stateText(70), stateText(71)]);
    const { items, total } = await list();
    expect(total).toBe(3);
    expect(items).toMatchObject([
      { serial: 9, current: true },
      { serial: 5, current: false },
      { serial: 3, current: false },
    ]);
  });

  it('count resources that the first release did not count', async () => {
    await engine.knex('state_versions').update({ resources: null });
    const { items } = await list();
    expect(items).toMatchObject([
      { resources: 0 },
      { resources: 1 },
      { resources: 2 },
    ]);
  });

  it('are downloaded as files, which is on the record', async () => {
    const answer = await download(await versionOf(3)).expect(200);
    expect(answer.text).toContain('correct-horse');
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="shop-.*-site-3\.tfstate"$/,
    );
    expect(answer.headers['cache-control']).toBe('no-store');
    const entry = await engine
      .knex('audit_entries')
      .where({ action: 'state.downloaded' })
      .first();
    expect(entry).toMatchObject({
      actor: 'user:default/mira',
      environment_id: id,
      details: { component: 'site', serial: 3 },
    });
    expect(JSON.stringify(entry)).not.toContain('horse');
  });

  it('are downloaded and restored by those alone who may', async () => {
    const version = await versionOf(3);
    engine.policy.byPermission = {
      [environmentStateReadPermission.name]: DENY,
      [environmentStateRestorePermission.name]: DENY,
    };
    await download(version).expect(403);
    await restore(version).expect(403);
    expect(await list()).toMatchObject({ total: 3 });
    expect(
      await engine.knex('audit_entries').where('action', 'like', 'state.%'),
    ).toEqual([]);

    // One does not come with the other.
    engine.policy.byPermission = {
      [environmentStateReadPermission.name]: DENY,
    };
    await download(version).expect(403);
    await restore(version).expect(200);
    engine.policy.byPermission = {
      [environmentStateRestorePermission.name]: DENY,
    };
    await download(version).expect(200);
    await restore(version).expect(403);

    engine.policy.byPermission = {};
    engine.policy.decision = DENY;
    expect(codes(await download(version).expect(404))).toEqual([
      'state.version.not-found',
    ]);
    await restore(version).expect(404);
    await request(app).get(`/environments/${id}/state-versions`).expect(404);
    expect(
      await engine
        .knex('audit_entries')
        .where('action', 'like', 'state.%')
        .orderBy('id')
        .pluck('action'),
    ).toEqual(['state.restored', 'state.downloaded']);
  });

  it('are put back as a new version with a higher serial, and the component is planned anew', async () => {
    const from = await versionOf(3);
    await engine
      .knex('environment_components')
      .update({ applied_hash: 'as it was' });
    const { body } = await restore(from).expect(200);
    expect(body).toMatchObject({
      serial: 10,
      lineage: 'line',
      resources: 2,
      current: true,
      restored: { by: 'user:default/mira', from, reason: 'a bad apply' },
    });
    expect(body.operationId).toBeUndefined();
    expect(JSON.parse((await download(body.id)).text)).toMatchObject({
      serial: 10,
      secret: 'correct-horse',
    });
    const [component] = await engine.knex('environment_components');
    expect(component.applied_hash).toBeNull();
    expect(
      await engine
        .knex('audit_entries')
        .where({ action: 'state.restored' })
        .first(),
    ).toMatchObject({
      details: { versionId: from, serial: 3, reason: 'a bad apply' },
    });
  });

  it('are what the next operation begins from', async () => {
    await restore(await versionOf(3)).expect(200);
    let seen: Buffer | undefined;
    engine.driver.script('site', {
      destroy: async ({ context: { state } }) => {
        const { states } = engine.rooms;
        const stateId = new URL(state.address).pathname.split('/').at(-1)!;
        seen = await states.read(
          await states.authenticate(stateId, state.username, state.password),
        );
      },
    });
    await engine.submit(id, { kind: 'destroy' });
    await engine.work();
    expect(JSON.parse(seen!.toString())).toMatchObject({ serial: 10 });
  });

  it('are not put back while an operation has or awaits the environment', async () => {
    const version = await versionOf(3);
    const { id: busy } = await engine.submit(id, { kind: 'destroy' });
    const answer = await restore(version).expect(409);
    expect(answer.body.problems).toMatchObject([
      { code: 'state.in-use', operationId: busy },
    ]);
    expect(await list()).toMatchObject({ total: 3 });
  });

  it('are not put back when an operation is submitted at the last moment', async () => {
    const version = await versionOf(3);
    const answer = await overtaken(
      engine.knex,
      other => submitInFront(other, id),
      async () => restore(version),
    );
    expect([answer.status, codes(answer)]).toEqual([409, ['state.in-use']]);
    expect(await list()).toMatchObject({ total: 3 });
  });

  it('are put back over a lock that a killed tool left behind', async () => {
    await engine.knex('states').update({
      lock: JSON.stringify({ ID: 'left behind' }),
      lock_operation_id: operationId,
      lock_fence: 1,
    });
    await restore(await versionOf(5)).expect(200);
    expect(await engine.knex('states').first()).toMatchObject({ lock: null });
  });

  it('are not put back into an environment that is destroyed', async () => {
    const version = await versionOf(3);
    await engine.submit(id, { kind: 'destroy' });
    await engine.work();
    expect(codes(await restore(version).expect(409))).toEqual([
      'state.environment-destroyed',
    ]);
  });

  it('are not put back when they are in front already, or without a reason', async () => {
    const current = await versionOf(9);
    expect(codes(await restore(current).expect(409))).toEqual([
      'state.version.current',
    ]);
    const older = await versionOf(5);
    await restore(older, {}).expect(400);
    await restore(older, { reason: ' ' }).expect(400);
    await restore('123456').expect(404);
    await restore('nonsense').expect(404);
    expect(await list()).toMatchObject({ total: 3 });
  });

  it('can be put back twice at once, one after the other', async () => {
    const [one, other] = [await versionOf(3), await versionOf(5)];
    await Promise.all([restore(one).expect(200), restore(other).expect(200)]);
    const { items } = await list();
    expect(items.slice(0, 2)).toMatchObject([{ serial: 11 }, { serial: 10 }]);
  });
});
