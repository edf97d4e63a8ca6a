import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { fails } from '@greenroom/plugin-environments-node/contract-kit';
import request from 'supertest';
import { createTestApp } from '../testing/app';
import { useTestDatabases } from '../testing/database';
import { MIRA } from '../testing/engine';
import {
  CANNOT_DESTROY,
  FailingTeardowns,
  startFailingTeardowns,
} from './__testUtils__/failing';

describe('forgetting what is left', () => {
  const databases = useTestDatabases();
  let failing: FailingTeardowns;
  let id: string;

  beforeEach(async () => {
    failing = await startFailingTeardowns(await databases.create());
    id = await failing.create();
  });
  afterEach(() => failing.engine.stop());

  const get = () => failing.engine.rooms.environments.get(id, MIRA);
  const forget = (reason = 'The account is closed.') =>
    failing.engine.rooms.forget.forget(id, { reason }, MIRA);

  it('ends the environment on somebody’s word, and keeps what was left on record', async () => {
    const { engine } = failing;
    await failing.destroy(id);
    const before = await get();
    expect(await forget()).toMatchObject({ id, state: 'destroyed' });

    expect((await get()).components).toEqual(before.components);
    expect(before.components).toMatchObject([{ resources: 1 }]);
    expect(await failing.orphans()).toEqual([]);
    expect(await failing.orphans(['forgotten'])).toMatchObject([
      {
        environmentId: id,
        address: 'fault_thing.site',
        state: 'forgotten',
        endedAt: engine.clock.now().toISOString(),
        forgotten: {
          by: 'user:default/mira',
          reason: 'The account is closed.',
        },
      },
    ]);
    expect(
      await engine.knex('audit_entries').where({
        action: 'environment.forgotten',
      }),
    ).toMatchObject([
      {
        actor: 'user:default/mira',
        environment_id: id,
        details: { reason: 'The account is closed.', left: 1, failures: 1 },
      },
    ]);
    expect(
      await engine
        .knex('lease_entries')
        .where({ environment_id: id, kind: 'end' }),
    ).toMatchObject([
      { actor: 'user:default/mira', rule: 'environment.forgotten' },
    ]);
    // Nothing is tried any more, its name is free, and the catalog is to let go of it.
    engine.clock.advance(24 * 3600);
    expect(await failing.sweep()).toBe(0);
    expect(await engine.rooms.sweep.tick(engine.clock.now())).toBe(0);
    expect(await engine.knex('catalog_proofs').pluck('environment_id')).toEqual(
      [id],
    );
    await engine.create({ name: before.name });
  });

  it('is refused before any teardown has failed', async () => {
    await expect(forget()).rejects.toMatchObject({
      name: 'ConflictError',
      problems: [{ code: 'environment.forget.not-failed' }],
    });
    failing.engine.driver.script('site', {});
    await failing.destroy(id);
    await expect(forget()).rejects.toMatchObject({
      problems: [{ code: 'environment.forget.not-failed' }],
    });
  });

  it('is refused while an operation is under way or waits', async () => {
    await failing.destroy(id);
    await failing.engine.submit(id, { kind: 'destroy' });
    await expect(forget()).rejects.toMatchObject({
      name: 'ConflictError',
      problems: [{ code: 'environment.busy' }],
    });
    await failing.engine.work();
    await forget();
  });

  it('is refused to those who may not', async () => {
    await failing.destroy(id);
    failing.engine.policy.basic = AuthorizeResult.DENY;
    await expect(forget()).rejects.toMatchObject({ name: 'NotAllowedError' });
    failing.engine.policy.decision = { result: AuthorizeResult.DENY };
    await expect(forget()).rejects.toMatchObject({ name: 'NotFoundError' });
    failing.engine.policy.basic = AuthorizeResult.ALLOW;
    failing.engine.policy.decision = { result: AuthorizeResult.ALLOW };
    expect(await get()).toMatchObject({
      state: expect.not.stringMatching('destroyed'),
    });
    await forget();
  });

  it('needs a reason, over HTTP', async () => {
    await failing.destroy(id);
    const app = createTestApp(failing.engine);
    const path = `/environments/${id}/forget`;
    for (const body of [{}, { reason: '' }, { reason: '  ' }]) {
      const { status, body: answer } = await request(app).post(path).send(body);
      expect(status).toBe(400);
      expect(answer.problems).toMatchObject([{ code: 'request.shape' }]);
    }
    const { status, body } = await request(app)
      .post(path)
      .send({ reason: 'The account is closed.' });
    expect([status, body.state]).toEqual([200, 'destroyed']);
    const { body: orphans } = await request(app).get(
      '/orphans?state=forgotten&scope=teams&limit=10',
    );
    expect(orphans).toMatchObject({ total: 1, items: [{ environmentId: id }] });
    const { body: teardowns } = await request(app).get('/failed-teardowns');
    expect(teardowns).toEqual({ items: [], total: 0 });
  });

  it('leaves a record also of what nothing is known of', async () => {
    failing.engine.driver.script('site', { ...CANNOT_DESTROY, apply: fails() });
    id = await failing.create();
    await failing.destroy(id);
    await forget();
    expect(await failing.orphans(['forgotten'])).toMatchObject([
      { environmentId: id, address: 'site', type: 'component' },
    ]);
  });
});
