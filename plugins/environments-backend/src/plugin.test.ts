import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import request from 'supertest';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  blueprintSchema,
  Environment,
} from '@greenroom/plugin-environments-common';
import {
  FaultDriver,
  prints,
} from '@greenroom/plugin-environments-node/contract-kit';
import { expectBody, startTestApi, TestApi } from './testing/api';
import { ONE_COMPONENT_BLUEPRINT } from './testing/blueprints';
import { useTestDatabases } from './testing/database';

describe('the environments plugin', () => {
  const driver = new FaultDriver({
    scripts: { site: { apply: prints('hello') } },
  });
  let api: TestApi;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => api.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    api = await startTestApi({ knex: await databases.create(), driver });
  });

  const newEnvironment = (name: string) => ({
    name,
    blueprint: 'single',
    owner: 'user:default/mock',
    inputs: {},
  });

  const settled = (id: string, state: string) =>
    api.until<Environment>(
      `/environments/${id}`,
      environment => environment.state === state,
    );

  it('takes an environment from its blueprint to its proven end, over HTTP', async () => {
    await api.publish(ONE_COMPONENT_BLUEPRINT, ['site']);
    expectBody('Blueprint', (await api.get('/blueprints/single')).body);

    const dry = await api
      .post('/environments', { ...newEnvironment('one'), dryRun: true })
      .expect(200);
    expectBody('CreateResponse', dry.body);
    const created = await api
      .post('/environments', newEnvironment('one'))
      .expect(202);
    expectBody('CreateResponse', created.body);
    const { id } = created.body.environment;
    await settled(id, 'running');

    const environment = await api.get(`/environments/${id}`).expect(200);
    expectBody('Environment', environment.body);
    const byName = await api.get('/environments/by-name/one').expect(200);
    expect(byName.body).toEqual(environment.body);
    const page = await api.get('/environments?state=running&limit=1');
    expectBody('EnvironmentPage', page.body);
    expect(page.body.items).toHaveLength(1);
    expectBody('Counts', (await api.get('/environments/counts')).body);
    const resources = await api.get(`/environments/${id}/resources`);
    expectBody('Resource', resources.body.items[0]);

    const operationId = created.body.operation.id;
    const operation = await api.get(`/operations/${operationId}`);
    expectBody('Operation', operation.body);
    const logs = await api.get(`/operations/${operationId}/logs`);
    expectBody('LogPage', logs.body);
    expect(logs.body.items).toMatchObject([{ text: 'hello' }]);

    const destroyed = await api
      .post(`/environments/${id}/operations`, {
        kind: 'destroy',
        reason: 'done',
      })
      .expect(202);
    expectBody('Operation', destroyed.body);
    await settled(id, 'destroyed');
    expect(driver.world.keys()).toEqual([]);
    const history = await api.get(`/operations?environmentId=${id}`);
    expect(history.body.items).toMatchObject([
      { kind: 'destroy', state: 'succeeded', cause: { message: 'done' } },
      { kind: 'create', state: 'succeeded' },
    ]);
    expectBody('OperationPage', history.body);
  });

  it('streams a log as events that can be resumed', async () => {
    const created = await api
      .post('/environments', newEnvironment('streamed'))
      .expect(202);
    const path = `/operations/${created.body.operation.id}/logs/stream`;
    const whole = await api.get(path).buffer(true).expect(200);
    expect(whole.headers['content-type']).toContain('text/event-stream');
    expect(whole.text).toMatch(
      /^id: \d+\nevent: line\ndata: \{.*"text":"hello".*\}\n\nevent: end\ndata: \{"state":"succeeded"\}\n\n$/,
    );
    const [, id] = /^id: (\d+)/.exec(whole.text)!;
    const rest = await api
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
    const answer = await api.post('/environments', body).expect(400);
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
    ['/operations/7f2c1d3e-5a4b-4c6d-8e9f-0a1b2c3d4e5f/plan', 404],
    ['/operations/not-an-id/logs', 404],
    ['/operations?kind=paint', 400],
    ['/operations?environmentId=shop', 400],
    ['/operations?cursor=nonsense', 400],
    ['/blueprints/nothing', 404],
  ])('answers GET %s with %s and a problem', async (path, status) => {
    const answer = await api.get(path).expect(status);
    expectBody('ErrorBody', answer.body);
    expect(answer.body.problems[0].message).toBeTruthy();
    expect(JSON.stringify(answer.body)).not.toMatch(/\.[tj]s:\d+/);
  });

  it('makes one environment of a request that is sent twice', async () => {
    const send = () =>
      api
        .post('/environments', newEnvironment('twice'))
        .set('Idempotency-Key', 'a-key')
        .expect(202);
    const [first, second] = await Promise.all([send(), send()]);
    expect(second.body.operation.id).toBe(first.body.operation.id);
  });

  it('lets nobody in who is nobody, except for states and sites', async () => {
    const agent = request(api.server);
    await agent
      .get('/api/environments/environments')
      .set('Authorization', mockCredentials.none.header())
      .expect(401);
    const state = await agent
      .get('/api/environments/states/7f2c1d3e-5a4b-4c6d-8e9f-0a1b2c3d4e5f')
      .auth('someone', 'guess')
      .expect(401);
    expect(state.body.problems[0].code).toBe('state.token.unknown');
  });

  it('serves sandboxed sites, and says so where there is none', async () => {
    await mkdir(join(api.folder, 'sites', 'one'), { recursive: true });
    await writeFile(
      join(api.folder, 'sites', 'one', 'index.html'),
      '<h1>Hi</h1>',
    );
    const agent = request(api.server);
    const page = await agent.get('/api/environments/sites/one/').expect(200);
    expect(page.text).toBe('<h1>Hi</h1>');
    expect(page.headers['content-security-policy']).toMatch(/^sandbox;/);
    const missing = await agent.get('/api/environments/sites/two/').expect(404);
    expect(missing.text).toContain('has been destroyed');
    await agent.get('/api/environments/sites/%2e%2e/work').expect(404);
  });

  it('serves the schema of blueprints to editors, which are nobody', async () => {
    const answer = await request(api.server)
      .get('/api/environments/blueprint-schema.json')
      .set('Authorization', mockCredentials.none.header())
      .expect(200);
    expect(answer.headers['content-type']).toContain('application/schema+json');
    expect(JSON.parse(answer.text)).toEqual(blueprintSchema);
  });

  it('serves its own contract', async () => {
    const { body } = await api.get('/openapi.json').expect(200);
    expect(body.openapi).toBe('3.1.0');
  });
});
