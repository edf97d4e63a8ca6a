import { mkdtempSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { Knex } from 'knex';
import request from 'supertest';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  environmentDriversExtensionPoint,
  EnvironmentDriver,
} from '@greenroom/plugin-environments-node';
import {
  FaultDriver,
  prints,
} from '@greenroom/plugin-environments-node/contract-kit';
import { openApiDocument } from './openapi';
import { environmentsPlugin } from './plugin';
import { ONE_COMPONENT_BLUEPRINT } from './testing/blueprints';
import { useTestDatabases } from './testing/database';
import { until } from './testing/until';

jest.setTimeout(60_000);

const ajv = new Ajv({ strict: false });
addFormats(ajv);
ajv.addSchema({ ...openApiDocument, $id: 'api' });

/** Whether a body is what the document promises. */
function expectBody(schema: string, body: unknown) {
  const validate = ajv.getSchema(`api#/components/schemas/${schema}`)!;
  validate(body);
  expect(validate.errors ?? []).toEqual([]);
}

function driverModule(driver: EnvironmentDriver) {
  return createBackendModule({
    pluginId: 'environments',
    moduleId: 'fault',
    register(env) {
      env.registerInit({
        deps: { drivers: environmentDriversExtensionPoint },
        async init({ drivers }) {
          drivers.addDriver(driver);
        },
      });
    },
  });
}

async function start(knex: Knex, config: object, driver = new FaultDriver()) {
  return startTestBackend({
    features: [
      environmentsPlugin,
      driverModule(driver),
      catalogServiceMock.factory({ entities: [] }),
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({ data: config }),
      mockServices.userInfo.factory(),
    ],
  });
}

describe('the environments plugin', () => {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-plugin-'));
  const driver = new FaultDriver({
    scripts: { site: { apply: prints('hello') } },
  });
  let backend: Awaited<ReturnType<typeof start>>;

  // Stopped before the databases go, whose hook comes next.
  afterAll(async () => {
    await backend.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const databases = useTestDatabases();

  const config = {
    environments: {
      worker: { workDirectory: join(folder, 'work') },
      sandboxSites: { directory: join(folder, 'sites') },
    },
  };

  beforeAll(async () => {
    const knex = await databases.create();
    // The plugin finds the tables made already, as on a second start.
    backend = await start(knex, config, driver);
  });

  const call = () => {
    const agent = request(backend.server);
    const auth = mockCredentials.user.header();
    return {
      get: (path: string) =>
        agent.get(`/api/environments${path}`).set('Authorization', auth),
      post: (path: string, body: object | string) =>
        agent
          .post(`/api/environments${path}`)
          .set('Authorization', auth)
          .set('Content-Type', 'application/json')
          .send(body),
    };
  };

  const newEnvironment = (name: string) => ({
    name,
    blueprint: 'single',
    owner: 'user:default/mock',
    inputs: {},
  });

  async function settled(id: string, state: string) {
    await until(async () => {
      const { body } = await call().get(`/environments/${id}`);
      return body.state === state;
    });
  }

  it('takes an environment from its blueprint to its proven end, over HTTP', async () => {
    const files = { 'site/main.tf': Buffer.from('').toString('base64') };
    const published = await call()
      .post('/blueprints', { document: ONE_COMPONENT_BLUEPRINT, files })
      .expect(202);
    expectBody('BlueprintVersion', published.body);
    await until(async () => {
      const { body } = await call().get('/blueprints/single');
      return body.recommendedVersion === '1.0.0';
    });
    expectBody('Blueprint', (await call().get('/blueprints/single')).body);

    const dry = await call()
      .post('/environments', { ...newEnvironment('one'), dryRun: true })
      .expect(200);
    expectBody('CreateResponse', dry.body);
    const created = await call()
      .post('/environments', newEnvironment('one'))
      .expect(202);
    expectBody('CreateResponse', created.body);
    const { id } = created.body.environment;
    await settled(id, 'running');

    const environment = await call().get(`/environments/${id}`).expect(200);
    expectBody('Environment', environment.body);
    const byName = await call().get('/environments/by-name/one').expect(200);
    expect(byName.body).toEqual(environment.body);
    const page = await call().get('/environments?state=running&limit=1');
    expectBody('EnvironmentPage', page.body);
    expect(page.body.items).toHaveLength(1);
    expectBody('Counts', (await call().get('/environments/counts')).body);
    const resources = await call().get(`/environments/${id}/resources`);
    expectBody('Resource', resources.body.items[0]);

    const operationId = created.body.operation.id;
    const operation = await call().get(`/operations/${operationId}`);
    expectBody('Operation', operation.body);
    const logs = await call().get(`/operations/${operationId}/logs`);
    expectBody('LogPage', logs.body);
    expect(logs.body.items).toMatchObject([{ text: 'hello' }]);

    const destroyed = await call()
      .post(`/environments/${id}/destroy`, { reason: 'done' })
      .expect(202);
    expectBody('Operation', destroyed.body);
    await settled(id, 'destroyed');
    expect(driver.world.keys()).toEqual([]);
    const history = await call().get(`/environments/${id}/operations`);
    expect(history.body.items).toMatchObject([
      { kind: 'destroy', state: 'succeeded', cause: { message: 'done' } },
      { kind: 'create', state: 'succeeded' },
    ]);
    expectBody('OperationSummary', history.body.items[0]);
  });

  it('streams a log as events that can be resumed', async () => {
    const created = await call()
      .post('/environments', newEnvironment('streamed'))
      .expect(202);
    const path = `/operations/${created.body.operation.id}/logs/stream`;
    const whole = await call().get(path).buffer(true).expect(200);
    expect(whole.headers['content-type']).toContain('text/event-stream');
    expect(whole.text).toMatch(
      /^id: \d+\nevent: line\ndata: \{.*"text":"hello".*\}\n\nevent: end\ndata: \{"state":"succeeded"\}\n\n$/,
    );
    const [, id] = /^id: (\d+)/.exec(whole.text)!;
    const rest = await call()
      .get(path)
      .set('Last-Event-ID', id)
      .buffer(true)
      .expect(200);
    expect(rest.text).toBe('event: end\ndata: {"state":"succeeded"}\n\n');
  });

  it.each([
    ['a body that is no JSON', '{', undefined],
    ['a missing name', { ...newEnvironment('x'), name: undefined }, '/name'],
    ['a name that is no text', { ...newEnvironment('x'), name: 5 }, '/name'],
    ['a field nobody knows', { ...newEnvironment('x'), color: 1 }, '/color'],
    ['an unfit TTL', { ...newEnvironment('x'), ttl: 'soon' }, '/ttl'],
  ])('refuses %s as a problem beside its field', async (_, body, field) => {
    const answer = await call().post('/environments', body).expect(400);
    expectBody('ErrorBody', answer.body);
    expect(answer.body.error.name).toBe('InputError');
    expect(answer.body.problems[0].field).toBe(field);
  });

  it.each([
    ['/environments?limit=0', 400],
    ['/environments?state=gone', 400],
    ['/environments?colour=red', 400],
    ['/environments/not-an-id', 404],
    ['/environments/7f2c1d3e-5a4b-4c6d-8e9f-0a1b2c3d4e5f', 404],
    ['/environments/by-name/nobody', 404],
    ['/operations/7f2c1d3e-5a4b-4c6d-8e9f-0a1b2c3d4e5f', 404],
    ['/operations/not-an-id/logs', 404],
    ['/blueprints/nothing', 404],
  ])('answers GET %s with %s and a problem', async (path, status) => {
    const answer = await call().get(path).expect(status);
    expectBody('ErrorBody', answer.body);
    expect(answer.body.problems[0].message).toBeTruthy();
    expect(JSON.stringify(answer.body)).not.toMatch(/\.[tj]s:\d+/);
  });

  it('makes one environment of a request that is sent twice', async () => {
    const send = () =>
      call()
        .post('/environments', newEnvironment('twice'))
        .set('Idempotency-Key', 'a-key')
        .expect(202);
    const [first, second] = await Promise.all([send(), send()]);
    expect(second.body.operation.id).toBe(first.body.operation.id);
  });

  it('lets nobody in who is nobody, except for states and sites', async () => {
    const api = request(backend.server);
    await api
      .get('/api/environments/environments')
      .set('Authorization', mockCredentials.none.header())
      .expect(401);
    const state = await api
      .get('/api/environments/states/7f2c1d3e-5a4b-4c6d-8e9f-0a1b2c3d4e5f')
      .auth('someone', 'guess')
      .expect(401);
    expect(state.body.problems[0].code).toBe('state.token.unknown');
  });

  it('serves sandboxed sites, and says so where there is none', async () => {
    await mkdir(join(folder, 'sites', 'one'), { recursive: true });
    await writeFile(join(folder, 'sites', 'one', 'index.html'), '<h1>Hi</h1>');
    const api = request(backend.server);
    const page = await api.get('/api/environments/sites/one/').expect(200);
    expect(page.text).toBe('<h1>Hi</h1>');
    expect(page.headers['content-security-policy']).toMatch(/^sandbox;/);
    const missing = await api.get('/api/environments/sites/two/').expect(404);
    expect(missing.text).toContain('has been destroyed');
    await api.get('/api/environments/sites/%2e%2e/work').expect(404);
  });

  it('serves its own contract', async () => {
    const { body } = await call().get('/openapi.json').expect(200);
    expect(body.openapi).toBe('3.1.0');
  });
});
