import { Express } from 'express';
import { Knex } from 'knex';
import request from 'supertest';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { RekeyProgress } from '@greenroom/plugin-environments-common';
import { writeCursor } from '../cursor';
import { createTestApp } from '../testing/app';
import { useTestDatabases } from '../testing/database';
import { startTestEngine, TestEngine } from '../testing/engine';
import {
  environmentWithStates,
  stateText,
} from '../states/__testUtils__/states';
import { ONE_COMPONENT_BLUEPRINT } from '../testing/blueprints';
import { Keyring } from './keyring';

const OLD = { id: '2026', secret: 'one secret that is long enough' };
const NEW = { id: '2027', secret: 'another secret, long enough too' };

const SECRETIVE = ONE_COMPONENT_BLUEPRINT.replaceAll('single', 'secretive')
  .replaceAll('site', 'holder')
  .replace(
    'properties: {}',
    'required: [token], properties: {token: {type: string, ui:field: Secret}}',
  )
  .replace('with: {}', "with: {token: '\${{ inputs.token }}'}");

describe('sealing everything again', () => {
  const databases = useTestDatabases();
  let knex: Knex;
  let engine: TestEngine;
  let app: Express;

  beforeEach(async () => {
    knex = await databases.create();
    const before = await startTestEngine(knex, { keyring: new Keyring([OLD]) });
    await before.create();
    await before.blueprints.publish(SECRETIVE);
    await before.create({
      blueprint: 'secretive',
      inputs: { token: 'horse-battery' },
    });
    await before.work();
    await environmentWithStates(
      before,
      Array.from({ length: 60 }, (_, index) =>
        stateText(index + 1, { secret: 'correct-horse' }),
      ),
    );
    await before.stop();
    await restartWith(new Keyring([NEW, OLD]));
  });
  afterEach(() => engine.stop());

  async function restartWith(keyring: Keyring) {
    await engine?.stop();
    engine = await startTestEngine(knex, { keyring });
    app = createTestApp(engine);
  }

  const summary = async () =>
    (await request(app).get('/sealed').expect(200)).body;
  const next = (cursor?: string) =>
    request(app).post('/sealed/rekey').send({ cursor });

  async function run(): Promise<number[]> {
    const batches: number[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await next(cursor).expect(200);
      const progress: RekeyProgress = body;
      batches.push(progress.resealed);
      cursor = progress.nextCursor;
    } while (cursor);
    return batches;
  }

  const environmentOf = async (component: string) =>
    (await knex('environment_components').where({ component }).first())
      .environment_id;

  /** The newest state, opened by whoever has the keys of the engine. */
  async function readAll() {
    const { items } = (
      await request(app)
        .get(`/environments/${await environmentOf('site')}/state-versions`)
        .query({ limit: 1 })
        .expect(200)
    ).body;
    const state = await request(app)
      .get(`/state-versions/${items[0].id}/content`)
      .expect(200);
    expect(state.text).toContain('correct-horse');
  }

  it('covers states, secret inputs, what components were given, and their outputs; old keys may go then', async () => {
    const { keys } = await summary();
    expect(keys).toMatchObject([{ key: '2026', configured: true }]);
    const batches = await run();
    expect(batches.reduce((sum, count) => sum + count)).toBe(keys[0].values);
    expect(await summary()).toMatchObject({
      firstKey: '2027',
      keys: [{ key: '2027', configured: true, values: keys[0].values }],
    });
    await restartWith(new Keyring([NEW]));
    await readAll();
    const shop = await environmentOf('app');
    engine.driver.script('app', {});
    await engine.submit(shop, { kind: 'destroy' });
    await engine.work();
    expect(
      await knex('environments').where({ id: shop }).first(),
    ).toMatchObject({ state: 'destroyed' });
  });

  it('works in batches, goes on where it was left, and repeats nothing', async () => {
    const first = await next().expect(200);
    expect(first.body.resealed).toBe(50);
    // Whoever asked is gone; somebody else begins.
    const [second] = await run();
    expect(second).toBe(10);
    expect(await run()).toEqual([0, 0, 0]);
    const entries = await knex('audit_entries')
      .where({ action: 'secrets.resealed' })
      .orderBy('id');
    expect(entries[0]).toMatchObject({
      actor: 'user:default/mira',
      details: { what: 'versions of states', values: 50, key: '2027' },
    });
    // Who looks and finds nothing to do has done nothing to be put on record.
    expect(entries.map(({ details }) => details.values)).not.toContain(0);
    const behindTheLast = writeCursor({ source: 99, after: '' });
    expect((await next(behindTheLast).expect(200)).body).toEqual({
      resealed: 0,
    });
  });

  it('may be done by two at once', async () => {
    const { keys } = await summary();
    const [one, other] = await Promise.all([run(), run()]);
    const sum = [...one, ...other].reduce((total, count) => total + count);
    expect(sum).toBe(keys[0].values);
    expect((await summary()).keys).toMatchObject([{ key: '2027' }]);
  });

  it('changes nothing when a key is missing, and says which and for what', async () => {
    await restartWith(new Keyring([NEW]));
    const [version] = await knex('state_versions').orderBy('id').limit(1);
    const refused = await next().expect(409);
    expect(refused.body.problems).toMatchObject([
      { code: 'secrets.key-missing' },
    ]);
    const { message, remedy } = refused.body.problems[0];
    expect(message).toContain('the key "2026", which is not configured');
    expect(message).toContain(`version ${version.id} of a state`);
    expect(message).toMatch(/component \w+ of environment [0-9a-f-]{36}/);
    expect(remedy).toContain('Put the key "2026" back');
    expect(await summary()).toMatchObject({
      keys: [{ key: '2026', configured: false }],
    });
  });

  it('names the row when a key goes missing midway', async () => {
    const { body } = await next().expect(200);
    await restartWith(new Keyring([NEW]));
    const refused = await next(body.nextCursor).expect(409);
    expect(refused.body.problems[0].message).toMatch(
      /^1 sealed value needs the key "2026".*: version \d+ of a state\.$/,
    );
  });

  it('leaves alone what an operation has written meanwhile', async () => {
    let release = () => {};
    const gate = new Promise<void>(resolve => {
      release = resolve;
    });
    const begun = new Promise<void>(resolve => {
      engine.driver.script('app', {
        apply: async () => {
          resolve();
          await gate;
        },
        outputs: { token: { value: 'fresh-secret', sensitive: true } },
      });
    });
    const made = await engine.create();
    const working = engine.work();
    await begun;
    await run();
    release();
    await working;
    await run();
    expect((await summary()).keys).toMatchObject([{ key: '2027' }]);
    expect(
      await knex('environments').where({ id: made.environment.id }).first(),
    ).toMatchObject({ state: 'running' });
  });

  it('is for those alone who may', async () => {
    engine.policy.basic = AuthorizeResult.DENY;
    await request(app).get('/sealed').expect(403);
    await next().expect(403);
    await next('nonsense').expect(403);
    engine.policy.basic = AuthorizeResult.ALLOW;
    await next('nonsense').expect(400);
  });
});
