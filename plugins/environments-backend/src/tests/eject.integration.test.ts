import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import JSZip from 'jszip';
import request from 'supertest';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import environmentsModuleTerraform from '@greenroom/plugin-environments-backend-module-terraform';
import { describeEachTool } from '@greenroom/plugin-terraform-node/testing';
import { environmentsPlugin } from '../plugin';
import { useTestDatabases } from '../testing/database';
import { until } from '../testing/until';

const BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: pair}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  inputs: {required: [title], properties: {title: {type: string}}}
  components:
    store: {driver: terraform, source: ./modules/store, with: {title: '\${{ inputs.title }}'}}
    site:
      driver: terraform
      source: ./modules/site
      with:
        url: '\${{ components.store.outputs.url }}'
        password: '\${{ components.store.outputs.password }}'
`;
const FILES = {
  'modules/store/main.tf': `
variable "title" { type = string }
resource "terraform_data" "store" { input = var.title }
output "url" { value = "store://\${terraform_data.store.output}" }
output "password" {
  value     = "correct-\${terraform_data.store.output}"
  sensitive = true
}
`,
  'modules/site/main.tf': `
variable "url" { type = string }
variable "password" {
  type      = string
  sensitive = true
}
variable "portal_region" { type = string }
module "words" { source = "../words" }
resource "terraform_data" "site" {
  input = "\${var.url} \${var.portal_region} \${sha256(var.password)} \${module.words.hello}"
}
`,
  'modules/words/main.tf': 'output "hello" { value = "hello" }\n',
};

describeEachTool('An environment that was taken out', tool => {
  jest.setTimeout(180_000);
  const root = mkdtempSync(join(tmpdir(), 'greenroom-ejected-'));
  let backend: Awaited<ReturnType<typeof startTestBackend>>;

  // Stopped before the databases go, whose hook comes next.
  afterAll(async () => {
    await backend.stop();
    rmSync(root, { recursive: true, force: true });
  });
  const databases = useTestDatabases();

  beforeAll(async () => {
    const environments = {
      worker: { workDirectory: join(root, 'work') },
      terraform: {
        binary: tool.path,
        platformVariables: { portal_region: 'north' },
      },
    };
    backend = await startTestBackend({
      features: [
        environmentsPlugin,
        environmentsModuleTerraform,
        catalogServiceMock.factory({ entities: [] }),
        mockServices.database.factory({ knex: await databases.create() }),
        mockServices.rootConfig.factory({ data: { environments } }),
        mockServices.userInfo.factory(),
      ],
    });
  });

  const call = (method: 'get' | 'post', path: string) =>
    request(backend.server)
      [method](`/api/environments${path}`)
      .set('Authorization', mockCredentials.user.header());

  /** The environment's id, once all of it is made. */
  async function made(): Promise<string> {
    const files = Object.fromEntries(
      Object.entries(FILES).map(([path, text]) => [
        path,
        Buffer.from(text).toString('base64'),
      ]),
    );
    const published = await call('post', '/blueprints').send({
      document: BLUEPRINT,
      files,
    });
    expect(published.body).toMatchObject({ problems: [], name: 'pair' });
    const blueprint = '/blueprints/pair/versions/1.0.0';
    await until(async () => {
      const { body } = await call('get', blueprint);
      if (body.problems.length > 0)
        throw new Error(JSON.stringify(body.problems));
      return body.status === 'published';
    });
    const { body: created } = await call('post', '/environments').send({
      name: 'mine',
      blueprint: 'pair',
      owner: 'user:default/mock',
      inputs: { title: 'tea' },
    });
    const { id } = created.environment;
    await until(async () => {
      const { body } = await call('get', `/environments/${id}`);
      if (body.state === 'failed') throw new Error(JSON.stringify(body));
      return body.state === 'running';
    });
    return id;
  }

  async function unpack(id: string): Promise<string> {
    const { body } = await call('get', `/environments/${id}/eject`)
      .responseType('blob')
      .expect(200)
      .expect('content-type', 'application/zip')
      .expect('content-disposition', 'attachment; filename="mine.zip"');
    const { files } = await JSZip.loadAsync(body);
    for (const [path, entry] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), await entry.async('nodebuffer'));
    }
    return join(root, 'mine');
  }

  it('goes on with the tool alone: its plan over the state changes nothing', async () => {
    const id = await made();
    const folder = await unpack(id);
    const { body: states } = await call(
      'get',
      `/environments/${id}/state-versions`,
    );
    for (const component of ['store', 'site']) {
      const cwd = join(folder, component, 'modules', component);
      const newest = states.items.find(
        (item: { component: string }) => item.component === component,
      );
      const state = await call('get', `/state-versions/${newest.id}/content`);
      writeFileSync(join(cwd, 'terraform.tfstate'), state.text);
      const env = {
        ...process.env,
        // Whatever the account has set up for the tool.
        TF_CLI_CONFIG_FILE: '/dev/null',
        ...(component === 'site' && { TF_VAR_password: 'correct-tea' }),
      };
      const run = (...args: string[]) =>
        execFileSync(tool.path, args, { cwd, env, encoding: 'utf8' });
      run('init', '-input=false');
      expect(run('validate')).toContain('Success!');
      // With -detailed-exitcode a plan that changes anything ends with 2, which throws.
      run('plan', '-input=false', '-detailed-exitcode');
    }
  });
});
