import environmentsModuleTerraform from '@greenroom/plugin-environments-backend-module-terraform';
import {
  Environment,
  EnvironmentUpgrade,
  Operation,
  OperationPlan,
} from '@greenroom/plugin-environments-common';
import { describeEachTool } from '@greenroom/plugin-terraform-node/testing';
import { expectBody, startTestApi, TestApi } from '../testing/api';
import { useTestDatabases } from '../testing/database';

const FIRST = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: shop, title: Shop}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  inputs:
    type: object
    required: [title]
    properties: {title: {type: string}, mood: {type: string}}
  components:
    notes:
      driver: terraform
      source: ./notes
      with: {text: '\${{ inputs.title }} notes'}
    site:
      driver: terraform
      source: ./site
      with: {text: '\${{ components.notes.outputs.made }}'}
  outputs:
    text: {value: '\${{ components.notes.outputs.made }}'}
  ttl: {default: 1h}
`;

/** It newly needs a region, knows no mood, does without notes, and gives what the site gives. */
const SECOND = FIRST.replace('version: 1.0.0', 'version: 2.0.0')
  .replace('[title]', '[title, region]')
  .replace('mood:', 'region:')
  .replace(/ {4}notes:[^]*?(?= {4}site:)/, '')
  .replace(
    "{text: '\${{ components.notes.outputs.made }}'}",
    "{text: '\${{ inputs.title }} in \${{ inputs.region }}'}",
  )
  .replace('components.notes.outputs.made', 'components.site.outputs.made');

/** Made by the tool itself, without any provider to fetch. */
const MODULE = `
variable "text" { type = string }
resource "terraform_data" "thing" { input = var.text }
output "made" { value = terraform_data.thing.output }
`;

describeEachTool('An upgrade', tool => {
  jest.setTimeout(180_000);
  let api: TestApi;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => api.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    api = await startTestApi({
      knex: await databases.create(),
      driver: environmentsModuleTerraform,
      settings: { terraform: { binary: tool.path } },
    });
    await api.publish(FIRST, {
      'notes/main.tf': MODULE,
      'site/main.tf': MODULE,
    });
  });

  const settled = async ({ id }: Pick<Operation, 'id'>) => {
    const operation = await api.until<Operation>(
      `/operations/${id}`,
      ({ finishedAt }) => finishedAt !== undefined,
    );
    expect(operation).toMatchObject({ state: 'succeeded' });
    return operation;
  };
  const submit = async (path: string, body: object) => {
    const answer = await api.post(path, body).expect(202);
    return answer.body as Operation;
  };

  it('reports, asks for what is newly needed, plans, applies, and is rolled back', async () => {
    const made = await api.post('/environments', {
      name: 'shop-demo',
      blueprint: 'shop',
      owner: 'user:default/mock',
      inputs: { title: 'Shop', mood: 'calm' },
    });
    const { environment, operation: create } = made.body;
    await settled(create);
    const path = `/environments/${environment.id}`;
    const report = async () => {
      const { body } = await api.get(`${path}/upgrade`).expect(200);
      expectBody('EnvironmentUpgrade', body);
      return body as EnvironmentUpgrade;
    };
    const present = async () => (await api.get(path)).body as Environment;
    expect(await report()).toMatchObject({ from: '1.0.0', behind: false });

    await api.publish(SECOND, { 'site/main.tf': MODULE });
    const told = await report();
    expect(told).toMatchObject({
      from: '1.0.0',
      to: '2.0.0',
      recommended: '2.0.0',
      behind: true,
      needs: ['region'],
      drops: ['mood'],
      problems: [{ code: 'upgrade.component.lost', component: 'notes' }],
    });
    expect(
      told.comparison?.changes.map(({ kind, path: at }) => [kind, at]),
    ).toEqual(
      expect.arrayContaining([
        ['input.added', '/spec/inputs/properties/region'],
        ['input.removed', '/spec/inputs/properties/mood'],
        ['component.removed', '/spec/components/notes'],
        ['component.rewired', '/spec/components/site/with/text'],
        ['output.changed', '/spec/outputs/text/value'],
      ]),
    );

    const bare = { kind: 'upgrade', inputs: { title: 'Shop' } };
    const refused = await api.post(`${path}/operations`, bare).expect(400);
    expect(refused.body.problems).toMatchObject([
      { code: 'input.missing', field: '/inputs/region' },
    ]);

    const upgrade = { ...bare, inputs: { title: 'Shop', region: 'north' } };
    const dryRun = await submit(`${path}/operations`, {
      ...upgrade,
      dryRun: true,
    });
    await settled(dryRun);
    const { body: plan } = await api.get(`/operations/${dryRun.id}/plan`);
    expect((plan as OperationPlan).components).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          component: 'notes',
          purpose: 'destroy',
          summary: { add: 0, change: 0, remove: 1 },
        }),
        expect.objectContaining({
          component: 'site',
          purpose: 'apply',
          summary: { add: 0, change: 1, remove: 0 },
        }),
      ]),
    );
    expect(await present()).toMatchObject({ blueprint: { version: '1.0.0' } });

    await settled(await submit(`${path}/operations`, upgrade));
    expect(await present()).toMatchObject({
      state: 'running',
      blueprint: { version: '2.0.0' },
      outputs: [{ name: 'text', value: 'Shop in north' }],
    });
    expect(await states(present)).toEqual({ notes: 'absent', site: 'ready' });

    await settled(await submit(`/operations/${create.id}/roll-back-to`, {}));
    expect(await present()).toMatchObject({
      state: 'running',
      blueprint: { version: '1.0.0' },
      inputs: { title: 'Shop', mood: 'calm' },
      outputs: [{ name: 'text', value: 'Shop notes' }],
    });
    expect(await states(present)).toEqual({ notes: 'ready', site: 'ready' });
    expect(await report()).toMatchObject({ behind: true });
  });
});

async function states(present: () => Promise<Environment>) {
  const { components } = await present();
  return Object.fromEntries(components.map(({ id, state }) => [id, state]));
}
