import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import request from 'supertest';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import environmentsModuleTerraform from '@greenroom/plugin-environments-backend-module-terraform';
import {
  Environment,
  LogPage,
  Operation,
} from '@greenroom/plugin-environments-common';
import { describeEachTool } from '@greenroom/plugin-terraform-node/testing';
import { addSeconds, systemClock } from '../clock';
import { environmentsPlugin } from '../plugin';
import { useTestDatabases } from '../testing/database';
import { until } from '../testing/until';

const TEMPLATE = resolve(__dirname, '../../../../templates/site-sandbox');

/** Writes a file, then takes ten minutes. */
const SLOW_BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: slow, title: Slow}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  inputs:
    type: object
    required: [file]
    properties: {file: {type: string}}
  components:
    site:
      driver: terraform
      source: ./site
      with: {file: '\${{ inputs.file }}'}
  outputs: {}
  ttl: {default: 1h}
`;
const SLOW_MODULE = `
variable "file" { type = string }
resource "local_file" "note" {
  filename = var.file
  content  = "made"
}
resource "time_sleep" "long" {
  depends_on      = [local_file.note]
  create_duration = "10m"
}
`;

async function filesBelow(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries.filter(entry => entry.isFile());
  return Object.fromEntries(
    files.map(entry => {
      const path = join(entry.parentPath, entry.name);
      return [
        path.slice(folder.length + 1),
        readFileSync(path).toString('base64'),
      ];
    }),
  );
}

describeEachTool('The engine', tool => {
  jest.setTimeout(180_000);
  const root = mkdtempSync(join(tmpdir(), 'greenroom-terraform-'));
  const workDirectory = join(root, 'work');
  let backend: Awaited<ReturnType<typeof startTestBackend>>;

  // Stopped before the databases go, whose hook comes next.
  afterAll(async () => {
    await backend.stop();
    rmSync(root, { recursive: true, force: true });
  });
  const databases = useTestDatabases();

  beforeAll(async () => {
    const knex = await databases.create();
    const terraform = {
      binary: tool.path,
      ...(tool.mirror && { providerMirror: tool.mirror }),
      platformVariables: {
        greenroom_sites_directory: join(root, 'sites'),
        greenroom_sites_url: 'http://localhost:7007/sites',
      },
    };
    backend = await startTestBackend({
      features: [
        environmentsPlugin,
        environmentsModuleTerraform,
        catalogServiceMock.factory({ entities: [] }),
        mockServices.database.factory({ knex }),
        mockServices.rootConfig.factory({
          data: { environments: { worker: { workDirectory }, terraform } },
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

  async function publish(document: string, files: Record<string, string>) {
    const { body } = await post('/blueprints', { document, files });
    const path = `/blueprints/${body.name}/versions/${body.version}`;
    await until(async () => {
      const { body: version } = await get(path);
      if (version.status === 'rejected') {
        throw new Error(JSON.stringify(version.problems));
      }
      return version.status === 'published';
    });
  }

  async function create(wanted: object): Promise<Environment> {
    const answer = await post('/environments', {
      owner: 'user:default/mock',
      ...wanted,
    });
    expect(answer.body).toHaveProperty('environment');
    return answer.body.environment;
  }

  async function settled(id: string, wanted: string): Promise<Environment> {
    let environment: Environment | undefined;
    await until(async () => {
      environment = (await get(`/environments/${id}`)).body as Environment;
      const { state, latestOperation } = environment;
      if (state === 'failed' && wanted !== 'failed') {
        throw new Error(JSON.stringify(latestOperation.problem));
      }
      return state === wanted;
    });
    return environment!;
  }

  it('makes what a blueprint says, and takes it down with proof when its time is up', async () => {
    const document = await readFile(join(TEMPLATE, 'blueprint.yaml'), 'utf8');
    const { 'blueprint.yaml': _, ...files } = await filesBelow(TEMPLATE);
    await publish(document, files);
    const { id } = await create({
      name: 'my-site',
      blueprint: 'site-sandbox',
      inputs: { title: 'Made by Terraform', pages: 2 },
    });
    const running = await settled(id, 'running');
    expect(running.outputs).toMatchObject([{ name: 'url', sensitive: false }]);
    expect(running.components[0].resources).toBeGreaterThan(0);
    const site = join(root, 'sites', id);
    const page = await readFile(join(site, 'index.html'), 'utf8');
    expect(page).toContain('Made by Terraform');

    // Only now, for nobody knows how long the tool took until here.
    const end = addSeconds(systemClock.now(), 10).toISOString();
    const shortened = await post(`/environments/${id}/lease/shorten`, {
      until: end,
    });
    expect(shortened.body).not.toHaveProperty('problems');
    const gone = await settled(id, 'destroyed');
    expect(gone.latestOperation.cause.code).toBe('lease.expired');
    expect(existsSync(join(site, 'index.html'))).toBe(false);
    expect(await readdir(workDirectory)).toEqual([]);
    const { body: log } = await get(
      `/operations/${gone.latestOperation.id}/logs`,
    );
    expect(log.items.length).toBeGreaterThan(0);
  });

  it('finds what an interrupted apply had made, and removes it', async () => {
    const { id, file } = await interruptedBy('SIGTERM');
    await post(`/environments/${id}/operations`, { kind: 'destroy' });
    await settled(id, 'destroyed');
    expect(existsSync(file)).toBe(false);
  });

  it('names what a killed tool had made and no state knows of, with no lock in the way', async () => {
    const { id, file } = await interruptedBy('SIGKILL');
    const { body: destroy } = await post(`/environments/${id}/operations`, {
      kind: 'destroy',
    });
    let ended: Operation | undefined;
    await until(async () => {
      ended = (await get(`/operations/${destroy.id}`)).body;
      return ended?.finishedAt !== undefined;
    });
    expect(existsSync(file)).toBe(true);
    expect(ended?.problem?.code).toBe('teardown.unproven');
    expect(ended?.problem?.message).toContain('local_file.note');

    const forgotten = await post(`/environments/${id}/forget`, {
      reason: 'Removed by hand',
    });
    expect(forgotten.body).toMatchObject({ id, state: 'destroyed' });
  });

  /** An environment whose apply got a signal midway, and said so. */
  async function interruptedBy(signal: NodeJS.Signals) {
    await publish(SLOW_BLUEPRINT, {
      'site/main.tf': Buffer.from(SLOW_MODULE).toString('base64'),
    });
    const file = join(root, `${signal}.txt`);
    const { id, latestOperation } = await create({
      name: signal.toLowerCase(),
      blueprint: 'slow',
      inputs: { file },
    });
    // The file is there before the tool has said so, and only what it said can be known of.
    await until(async () => {
      const path = `/operations/${latestOperation.id}/logs`;
      const { items } = (await get(path)).body as LogPage;
      return items.some(({ text }) =>
        text.startsWith('local_file.note: Creation complete'),
      );
    });
    expect(existsSync(file)).toBe(true);
    process.kill(await toolAtWork(id), signal);
    const failed = await settled(id, 'failed');
    const { problem } = failed.latestOperation;
    expect(problem).toMatchObject({ component: 'site' });
    expect(problem?.code).toMatch(/^terraform\./);
    return { id, file };
  }

  /** The driver notes which process works in a folder. */
  async function toolAtWork(environmentId: string): Promise<number> {
    const folder = join(workDirectory, environmentId);
    const notes = (await readdir(folder, { recursive: true })).filter(path =>
      path.endsWith('.greenroom/run.json'),
    );
    expect(notes).toHaveLength(1);
    return JSON.parse(await readFile(join(folder, notes[0]), 'utf8')).pid;
  }
});
