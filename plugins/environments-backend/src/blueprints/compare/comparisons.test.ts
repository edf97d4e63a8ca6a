import request from 'supertest';
import {
  createEnvironmentConditionalDecision,
  environmentConditions,
} from '@greenroom/plugin-environments-node';
import {
  BlueprintComparison,
  BlueprintImpact,
  environmentReadPermission,
} from '@greenroom/plugin-environments-common';
import { SHOP_BLUEPRINT } from '../../testing/blueprints';
import { expectBody } from '../../testing/api';
import { createTestApp } from '../../testing/app';
import { useTestDatabases } from '../../testing/database';
import { startTestEngine, TestEngine } from '../../testing/engine';

const FILES = {
  'database/main.tf': '',
  'app/main.tf': '',
  'docs/main.tf': '',
};

/** Needs an input, and does without a component and an output. */
const BREAKING = SHOP_BLUEPRINT.replace('version: 1.0.0', 'version: 2.0.0')
  .replace('required: [size]', 'required: [size, region]')
  .replace('      pages:', '      region: {type: string}\n      pages:')
  .replace(/ {4}docs:\n(.*\n){3}/, '')
  .replace(/ {4}password: {title.*\n/, '');

describe('a comparison of two versions over HTTP', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
  });
  afterEach(() => engine.stop());

  const get = (path: string) => request(createTestApp(engine)).get(path);
  const impact = async (path: string): Promise<BlueprintImpact> => {
    const { body } = await get(path).expect(200);
    expectBody('BlueprintImpact', body);
    return body;
  };

  it('tells what differs in the document and in the files of its sources', async () => {
    await engine.blueprints.publish(BREAKING, {
      ...FILES,
      'app/main.tf': 'name = "app"\n',
      'app/logo.png': '\0\0',
      'docs/main.tf': '',
    });
    const { body } = await get(
      '/blueprints/shop/compare?from=1.0.0&to=2.0.0',
    ).expect(200);
    expectBody('BlueprintComparison', body);
    const comparison: BlueprintComparison = body;
    expect(comparison).toMatchObject({
      name: 'shop',
      from: '1.0.0',
      to: '2.0.0',
      breaking: true,
    });
    expect(
      comparison.changes.map(({ kind, path }) => `${kind} ${path}`),
    ).toEqual([
      'input.added /spec/inputs/properties/region',
      'component.removed /spec/components/docs',
      'output.removed /spec/outputs/password',
    ]);
    expect(comparison.files).toEqual([
      { path: 'app/logo.png', change: 'added', omitted: 'binary' },
      {
        path: 'app/main.tf',
        change: 'changed',
        diff: '--- app/main.tf\n+++ app/main.tf\n@@ -0,0 +1,1 @@\n+name = "app"\n',
      },
      {
        path: 'docs/main.tf',
        change: 'removed',
        diff: '--- docs/main.tf\n+++ /dev/null\n',
      },
    ]);
  });

  it('tells nothing of a version and itself', async () => {
    const { body } = await get('/blueprints/shop/compare?from=1.0.0&to=1.0.0');
    expect(body).toMatchObject({ changes: [], files: [], breaking: false });
  });

  it.each([
    ['/blueprints/none/compare?from=1.0.0&to=1.0.0', 'blueprint.not-found'],
    [
      '/blueprints/shop/compare?from=1.0.0&to=9.0.0',
      'blueprint.version.not-found',
    ],
    ['/blueprints/shop/versions/9.0.0/impact', 'blueprint.version.not-found'],
    [
      '/blueprints/shop/versions/1.0.0/impact?from=9.0.0',
      'blueprint.version.not-found',
    ],
  ])('says of %s that it is not there', async (path, code) => {
    const { body } = await get(path).expect(404);
    expect(body.problems).toMatchObject([{ code }]);
  });

  it('says which version is missing in the request', async () => {
    const { body } = await get('/blueprints/shop/compare?from=1.0.0');
    expect(body.problems).toMatchObject([
      { code: 'request.shape', field: '/to' },
    ]);
  });

  it('tells which environments could not be upgraded, of those that may be seen, and how many in all', async () => {
    const mine = await engine.create();
    const other = await engine.create();
    await engine.work();
    await engine.create();
    await engine
      .knex('environments')
      .where({ id: other.environment.id })
      .update({ owner_ref: 'group:default/other' });
    await engine.blueprints.publish(BREAKING);
    engine.policy.byPermission[environmentReadPermission.name] =
      createEnvironmentConditionalDecision(
        environmentReadPermission,
        environmentConditions.isOwner({ claims: ['group:default/checkout'] }),
      );

    const told = await impact('/blueprints/shop/versions/2.0.0/impact');
    expect(told).toMatchObject({
      name: 'shop',
      to: '2.0.0',
      environments: 3,
      affected: 3,
    });
    expect(told.items).toHaveLength(2);
    const one = told.items.find(({ id }) => id === mine.environment.id);
    expect(one).toMatchObject({ version: '1.0.0' });
    expect(one?.problems.map(({ code }) => code)).toEqual([
      'input.missing',
      'upgrade.component.lost',
      'upgrade.output.lost',
    ]);
    // The one that is only queued has nothing to lose yet.
    const queued = told.items.find(({ id }) => id !== mine.environment.id);
    expect(queued?.problems.map(({ code }) => code)).toEqual(['input.missing']);
  });

  it('counts no environment that can be upgraded as it is, or is none any more', async () => {
    const { environment } = await engine.create();
    await engine.create();
    await engine.work();
    await engine.submit(environment.id, { kind: 'destroy' });
    await engine.work();
    await engine.blueprints.publish(
      SHOP_BLUEPRINT.replace('version: 1.0.0', 'version: 1.1.0').replace(
        'default: 3',
        'default: 4',
      ),
    );
    const answer = { environments: 1, affected: 0, items: [] };
    expect(
      await impact('/blueprints/shop/versions/1.1.0/impact'),
    ).toMatchObject(answer);
    expect(
      await impact('/blueprints/shop/versions/1.1.0/impact?from=1.0.0'),
    ).toMatchObject({ ...answer, from: '1.0.0' });
    // Nothing runs below the lowest version.
    expect(
      await impact('/blueprints/shop/versions/1.0.0/impact'),
    ).toMatchObject({ environments: 0 });
  });

  it('says how many environments each version has, by as many queries for many versions as for one', async () => {
    const queries = async () => {
      let count = 0;
      const counting = () => count++;
      engine.knex.on('query', counting);
      const { body } = await get('/blueprints/shop').expect(200);
      engine.knex.removeListener('query', counting);
      expectBody('Blueprint', body);
      return { count, body };
    };
    await engine.create();
    const first = await queries();
    for (const version of ['1.1.0', '1.2.0', '1.3.0']) {
      await engine.blueprints.publish(
        SHOP_BLUEPRINT.replace('version: 1.0.0', `version: ${version}`),
      );
      await engine.create({ version });
    }
    await engine.create({ version: '1.1.0' });
    const later = await queries();
    expect(later.body).toMatchObject({
      environments: 5,
      versionList: [
        { version: '1.3.0', environments: 1 },
        { version: '1.2.0', environments: 1 },
        { version: '1.1.0', environments: 2 },
        { version: '1.0.0', environments: 1 },
      ],
    });
    expect(later.count).toBe(first.count);
  });
});

describe('the versions of a blueprint over HTTP', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
  });
  afterEach(() => engine.stop());

  const post = (path: string, body: object) =>
    request(createTestApp(engine)).post(path).send(body);
  const MOVE = '/blueprints/shop/versions/1.0.0/move';

  it('are deprecated, and brought back', async () => {
    const deprecated = await post(MOVE, {
      status: 'deprecated',
      reason: 'r',
      message: 'Old.',
    }).expect(200);
    expectBody('BlueprintVersion', deprecated.body);
    expect(deprecated.body).toMatchObject({ status: 'deprecated' });
    const back = await post(MOVE, { status: 'published', reason: 'r' });
    expect(back.body).toMatchObject({ status: 'published' });
  });

  it('are recommended on purpose', async () => {
    const { body } = await post('/blueprints/shop/recommend', {
      version: '1.0.0',
      reason: 'r',
    }).expect(200);
    expectBody('Blueprint', body);
    expect(body).toMatchObject({ recommendedOnPurpose: true });
  });

  it.each<[string, object]>([
    ['without a reason', { status: 'published' }],
    ['without a word to its users', { status: 'retired', reason: 'r' }],
    ['with an empty one', { status: 'retired', reason: 'r', message: ' ' }],
    [
      'with a word to nobody',
      { status: 'published', reason: 'r', message: 'm' },
    ],
    ['to where a check alone leads', { status: 'validating', reason: 'r' }],
  ])('are not moved %s', async (_what, body) => {
    const answer = await post(MOVE, body).expect(400);
    expect(answer.body.problems[0]).toMatchObject({ code: 'request.shape' });
  });

  it('keep their content: other files under the same number are refused', async () => {
    const files = {
      'database/main.tf': 'eA==',
      'app/main.tf': '',
      'docs/main.tf': '',
    };
    const { body } = await post('/blueprints', {
      document: SHOP_BLUEPRINT,
      files,
    }).expect(409);
    expectBody('ErrorBody', body);
    expect(body.problems).toMatchObject([
      {
        code: 'blueprint.version.immutable',
        message: expect.stringContaining('database/main.tf'),
        remedy: expect.stringContaining('Raise spec.version'),
      },
    ]);
  });
});
