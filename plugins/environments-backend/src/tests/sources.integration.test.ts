import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { urlReaderServiceFactory } from '@backstage/backend-defaults/urlReader';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import environmentsModuleTerraform from '@greenroom/plugin-environments-backend-module-terraform';
import { Environment, Problem } from '@greenroom/plugin-environments-common';
import { describeEachTool } from '@greenroom/plugin-terraform-node/testing';
import { environmentsPlugin } from '../plugin';
import { useTestDatabases } from '../testing/database';
import { GitHost } from '../testing/hosts/gitHost';
import { ModuleRegistry } from '../testing/hosts/moduleRegistry';
import { until } from '../testing/until';

const NOTE = (name: string) => `
variable "directory" {
  type = string
}

resource "local_file" "note" {
  filename = "\${var.directory}/${name}.txt"
  content  = "from ${name}"
}

output "file" {
  value = local_file.note.filename
}
`;

const call = (name: string, source: string, version = '') => `
module "${name}" {
  source    = "${source}"${version && `\n  version   = "${version}"`}
  directory = var.directory
}
`;

const CALLER = `
variable "directory" {
  type = string
}
`;

function documentOf(
  name: string,
  sources: Record<string, string>,
  directory: string,
): string {
  const components = Object.entries(sources).map(
    ([id, source]) =>
      `    ${id}: {driver: terraform, source: "${source}", with: {directory: "${directory}"}}\n`,
  );
  return `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: ${name}, title: Sources}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  inputs: {properties: {}}
  components:
${components.join('')}  outputs: {}
  ttl: {default: 1h}
`;
}

describeEachTool('Sources that lie elsewhere', tool => {
  jest.setTimeout(180_000);
  const root = mkdtempSync(join(tmpdir(), 'greenroom-sources-'));
  const world = mkdtempSync(join(tmpdir(), 'greenroom-world-'));
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let git: GitHost;
  let registry: ModuleRegistry;

  // Stopped before the databases go, whose hook comes next.
  afterAll(async () => {
    await backend.stop();
    rmSync(root, { recursive: true, force: true });
    rmSync(world, { recursive: true, force: true });
  });
  const databases = useTestDatabases();

  beforeAll(async () => {
    git = await GitHost.start();
    registry = await ModuleRegistry.start();
    const knex = await databases.create();
    backend = await startTestBackend({
      features: [
        environmentsPlugin,
        environmentsModuleTerraform,
        urlReaderServiceFactory,
        catalogServiceMock.factory({ entities: [] }),
        mockServices.database.factory({ knex }),
        mockServices.rootConfig.factory({
          data: {
            integrations: { gitea: [git.integration] },
            environments: {
              blueprints: { registries: [{ url: registry.url }] },
              worker: { workDirectory: join(root, 'work') },
              terraform: {
                binary: tool.path,
                ...(tool.mirror && { providerMirror: tool.mirror }),
              },
            },
          },
        }),
        mockServices.userInfo.factory(),
      ],
    });
  });

  const get = (path: string) =>
    request(backend.server)
      .get(`/api/environments${path}`)
      .set('Authorization', mockCredentials.user.header());
  const post = (path: string, body: object) =>
    request(backend.server)
      .post(`/api/environments${path}`)
      .set('Authorization', mockCredentials.user.header())
      .send(body);

  /** @returns the version once it is settled */
  async function publish(document: string, files: Record<string, string> = {}) {
    const { body } = await post('/blueprints', {
      document,
      files: Object.fromEntries(
        Object.entries(files).map(([path, text]) => [
          path,
          Buffer.from(text).toString('base64'),
        ]),
      ),
    });
    let version = body;
    await until(async () => {
      const path = `/blueprints/${body.name}/versions/${body.version}`;
      version = (await get(path)).body;
      return version.status !== 'validating';
    });
    return version;
  }

  async function settled(id: string, wanted: string): Promise<void> {
    await until(async () => {
      const environment: Environment = (await get(`/environments/${id}`)).body;
      if (environment.state === 'failed') {
        throw new Error(JSON.stringify(environment.latestOperation.problem));
      }
      return environment.state === wanted;
    });
  }

  it('tell at its line which module inside of one may not be fetched', async () => {
    git.commit('hostile', {
      'main.tf': `${CALLER}${call('a', 'git::ssh://git@git.example.com/acme/a.git?ref=v1')}${call('b', `git::http://${registry.server.host}/acme/b.git?ref=v1`)}`,
    });
    const version = await publish(
      documentOf('hostile', { web: git.url('hostile', 'main') }, world),
    );
    expect(version.status).toBe('rejected');
    expect(
      version.problems.map(({ code, place }: Problem) => [code, place?.line]),
    ).toEqual([
      ['terraform.module.refused', 6],
      ['blueprint.source.refused', 11],
    ]);
  });

  it('are needed no more once they are published: Git and registry go, create and destroy still work', async () => {
    const commit = git.commit('modules', {
      'site/main.tf': `${CALLER}${call('shared', '../shared')}${call('deep', `${registry.server.host}/acme/note/local`, '~> 1.2')}`,
      'shared/main.tf': NOTE('shared'),
    });
    git.tag('modules', 'v1');
    git.commit('other', { 'nested/main.tf': NOTE('nested') });
    registry.publish('acme/note/local', '1.2.0', { 'main.tf': 'broken' });
    registry.publish('acme/note/local', '1.2.7', { 'main.tf': NOTE('deep') });
    registry.publish('acme/note/local', '2.0.0', { 'main.tf': 'broken' });
    registry.publish('acme/site/local', '3.1.4', {
      'main.tf': `${CALLER}${call('nested', `git::${git.url('other')}.git//nested?ref=main`)}`,
    });
    const registered = `${registry.server.host}/acme/site/local?version=3.1.4`;
    const version = await publish(
      documentOf(
        'sources',
        {
          fromGit: `${git.url('modules', 'v1')}//site`,
          fromRegistry: registered,
          beside: './site',
        },
        world,
      ),
      {
        'site/main.tf': `${CALLER}${call('own', './own')}`,
        'site/own/main.tf': NOTE('own'),
      },
    );
    expect(version).toMatchObject({ status: 'published', problems: [] });
    expect(
      version.components.map(({ resolved }: { resolved?: string }) => resolved),
    ).toEqual([commit, '3.1.4', undefined]);

    await git.stop();
    await registry.server.stop();
    const { body } = await post('/environments', {
      name: 'far',
      blueprint: 'sources',
      owner: 'user:default/mock',
      inputs: {},
    });
    const { id } = body.environment;
    await settled(id, 'running');
    expect((await readdir(world)).sort()).toEqual([
      'deep.txt',
      'nested.txt',
      'own.txt',
      'shared.txt',
    ]);
    expect(await readFile(join(world, 'deep.txt'), 'utf8')).toBe('from deep');

    const destroy = await post(`/environments/${id}/operations`, {
      kind: 'destroy',
    });
    expect(destroy.status).toBe(202);
    await settled(id, 'destroyed');
    expect(await readdir(world)).toEqual([]);
  });
});
