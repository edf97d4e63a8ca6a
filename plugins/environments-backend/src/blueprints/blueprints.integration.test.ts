import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import request from 'supertest';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import environmentsModuleTerraform from '@greenroom/plugin-environments-backend-module-terraform';
import {
  Blueprint,
  BlueprintSummary,
} from '@greenroom/plugin-environments-common';
import { describeEachTool } from '@greenroom/plugin-terraform-node/testing';
import { environmentsPlugin } from '../plugin';
import { useTestDatabases } from '../testing/database';
import { until } from '../testing/until';

const TEMPLATE = resolve(__dirname, '../../../../templates/site-sandbox');

function entity(name: string, file: string) {
  return {
    apiVersion: 'greenroom.dev/v1',
    kind: 'EnvironmentBlueprint',
    metadata: {
      name,
      etag: 'one',
      annotations: { 'backstage.io/managed-by-location': `file:${file}` },
    },
    spec: { type: 'sandbox', owner: 'group:default/platform', version: '1' },
  };
}

describeEachTool('Blueprints from the catalog', tool => {
  jest.setTimeout(120_000);
  const root = mkdtempSync(join(tmpdir(), 'greenroom-blueprints-'));
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  // Stopped before the databases go, whose hook comes next.
  afterAll(async () => {
    await backend?.stop();
    rmSync(root, { recursive: true, force: true });
  });
  const databases = useTestDatabases();
  const workDirectory = join(root, 'work');

  /** A copy of the shipped blueprint under another name. */
  function copyOfTemplate(name: string): string {
    const folder = join(root, name);
    cpSync(TEMPLATE, folder, { recursive: true });
    const file = join(folder, 'blueprint.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('name: site-sandbox', `name: ${name}`));
    return folder;
  }

  beforeAll(async () => {
    copyOfTemplate('right');
    writeFileSync(
      join(copyOfTemplate('broken'), 'site/broken.tf'),
      'locals {\n  fine = 1\n  broken =\n}\n',
    );
    rmSync(join(copyOfTemplate('lost'), 'site'), { recursive: true });

    const names = ['right', 'broken', 'lost'];
    const knex = await databases.create();
    backend = await startTestBackend({
      features: [
        environmentsPlugin,
        environmentsModuleTerraform,
        catalogServiceMock.factory({
          entities: names.map(name =>
            entity(name, join(root, name, 'blueprint.yaml')),
          ),
        }),
        mockServices.database.factory({ knex }),
        mockServices.rootConfig.factory({
          data: {
            environments: {
              blueprints: { fileRoots: [root] },
              worker: { workDirectory },
              terraform: {
                binary: tool.path,
                platformVariables: {
                  greenroom_sites_directory: join(root, 'sites'),
                  greenroom_sites_url: 'http://localhost:7007/sites',
                },
                ...(tool.mirror && { providerMirror: tool.mirror }),
              },
            },
          },
        }),
        mockServices.userInfo.factory(),
        // The test kit's own leaves out tasks that begin with a delay.
        schedulerServiceFactory,
      ],
    });
    await until(async () => {
      const { items } = await get<{ items: BlueprintSummary[] }>('/blueprints');
      const settled = items.filter(
        ({ recommendedVersion, problems }) =>
          recommendedVersion || problems.length > 0,
      );
      return settled.length === names.length;
    });
  });
  async function get<T>(path: string): Promise<T> {
    const { body } = await request(backend.server)
      .get(`/api/environments${path}`)
      .set('Authorization', mockCredentials.user.header());
    return body;
  }

  async function refused(blueprint: string) {
    const answer = await request(backend.server)
      .post('/api/environments/environments')
      .set('Authorization', mockCredentials.user.header())
      .send({
        name: 'mine',
        blueprint,
        owner: 'user:default/mock',
        inputs: { title: 'Mine' },
      });
    return { status: answer.status, problems: answer.body.problems };
  }

  it('publishes what its driver finds right', async () => {
    expect(await get('/blueprints/right')).toMatchObject({
      title: 'Site sandbox',
      recommendedVersion: '1.0.0',
      problems: [],
    });
  });

  it('rejects a syntax error in HCL with its place and remedy', async () => {
    const broken = await get<Blueprint>('/blueprints/broken');
    expect(broken.recommendedVersion).toBeUndefined();
    expect(broken.versionList).toMatchObject([{ status: 'rejected' }]);
    expect(broken.problems[0]).toMatchObject({
      component: 'site',
      place: { file: 'site/broken.tf', line: 3 },
      message: expect.any(String),
      remedy: expect.any(String),
    });
    expect(await refused('broken')).toMatchObject({ status: 404 });
  });

  it('tells of a missing source at its line, and keeps no version', async () => {
    expect(await get('/blueprints/lost')).toMatchObject({
      versionList: [],
      problems: [
        {
          code: 'blueprint.source.missing',
          component: 'site',
          place: { file: 'blueprint.yaml', line: expect.any(Number) },
          remedy: expect.stringContaining('site'),
        },
      ],
    });
    expect(await refused('lost')).toMatchObject({ status: 404 });
  });

  it('leaves no folder of a check behind', () => {
    const left = readdirSync(workDirectory);
    expect(left.filter(name => name.startsWith('check-'))).toEqual([]);
  });
});
