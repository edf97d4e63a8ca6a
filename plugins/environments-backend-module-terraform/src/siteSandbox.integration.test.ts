import {
  cp,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  applyInputs,
  BlueprintDocument,
  JsonObject,
  parseBlueprint,
  resolveOutputs,
  resolveWith,
} from '@greenroom/plugin-environments-common';
import { DriverContext } from '@greenroom/plugin-environments-node';
import { StateServer } from '@greenroom/plugin-environments-node/contract-kit';
import { describeEachTool } from '@greenroom/plugin-terraform-node/testing';
import { TerraformDriver } from './driver';
import { driverOn } from './testing/fixtures';
import { checkOf } from './testing/stage';

const BLUEPRINT = resolve(__dirname, '../../../templates/site-sandbox');

async function readBlueprint(): Promise<BlueprintDocument> {
  const text = await readFile(join(BLUEPRINT, 'blueprint.yaml'), 'utf8');
  const { document, problems } = parseBlueprint(text);
  expect(problems).toEqual([]);
  return document!;
}

describeEachTool('The blueprint site-sandbox', tool => {
  let root: string;
  let sites: string;
  let states: StateServer;
  let driver: TerraformDriver;
  let lines: string[];

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'site-sandbox-'));
    sites = join(root, 'sites');
    states = await StateServer.start();
    lines = [];
    driver = await driverOn(tool, {
      platformVariables: {
        greenroom_sites_directory: sites,
        greenroom_sites_url: 'http://localhost:7007/sites',
      },
    });
  });

  afterEach(async () => {
    await states.close();
    await rm(root, { recursive: true, force: true });
  });

  /** What the engine does between a request and a step: inputs, expressions, a folder of its own. */
  async function requested(given: JsonObject) {
    const document = await readBlueprint();
    const { inputs, problems } = applyInputs(document, given);
    expect(problems).toEqual([]);
    const environment = {
      id: 'env-1',
      name: 'blue',
      slug: 'blue',
      owner: 'group:default/shop',
      type: 'sandbox',
    };
    const scope = {
      inputs,
      environment,
      owner: { ref: 'group:default/shop', name: 'shop' },
      blueprint: { name: 'site-sandbox', version: '1.0.0' },
      components: {},
    };
    const folder = await mkdtemp(join(root, 'folder-'));
    await cp(join(BLUEPRINT, 'site'), folder, { recursive: true });
    const context: DriverContext = {
      operationId: 'operation-1',
      fence: 1,
      environment,
      component: {
        id: 'site',
        with: resolveWith(document, 'site', scope),
        paused: false,
        folder,
        sourcePath: 'site',
      },
      state: states.access('env-1'),
      log: line => lines.push(line.text),
      made: () => {},
      signal: new AbortController().signal,
    };
    return { document, scope, context };
  }

  it('has a source that passes the check at publishing', async () => {
    const { context } = await requested({ title: 'Hello' });
    expect(await driver.validate(checkOf(context, 'site'))).toEqual([]);
  });

  it('makes a site of as many pages as asked for, says so as it goes, and leaves nothing, not even a changed file', async () => {
    const { document, scope, context } = await requested({
      title: 'Hello',
      pages: 2,
      component: 'component:default/cart',
    });
    const plan = await driver.plan(context, 'apply');
    expect(plan.summary).toEqual({ add: 6, change: 0, remove: 0 });

    const { outputs, resources } = await driver.apply(context, plan.hash);
    expect(resources.map(({ address }) => address).sort()).toEqual([
      'local_file.index',
      'local_file.page["1"]',
      'local_file.page["2"]',
      'local_file.style',
      'terraform_data.folder',
      'time_sleep.certificate',
    ]);
    expect(
      resolveOutputs(document, { ...scope, components: { site: { outputs } } }),
    ).toEqual([
      {
        name: 'url',
        title: 'Open the site',
        value: 'http://localhost:7007/sites/env-1/',
        sensitive: false,
      },
    ]);
    expect((await readdir(join(sites, 'env-1'))).sort()).toEqual([
      'index.html',
      'page-1.html',
      'page-2.html',
      'style.css',
    ]);
    const index = await readFile(join(sites, 'env-1/index.html'), 'utf8');
    expect(index).toContain('<h1>Hello</h1>');
    expect(index).toContain('component:default/cart');
    expect(index).toContain('href="page-2.html"');
    // Served below a path that the site does not know: nothing may start at the root.
    expect(index).not.toMatch(/(href|src)="(\/|http)/);
    expect(lines).toContain('time_sleep.certificate: Creating...');

    // To the provider a changed file is gone: no destroy of its own would take it along.
    await writeFile(join(sites, 'env-1/page-1.html'), 'changed by hand');
    await driver.destroy(context);
    expect(await driver.prove(context)).toEqual({ gone: true, left: [] });
    expect(await readdir(sites)).toEqual([]);
  });

  it('writes what people typed as text, never as markup', async () => {
    const { context } = await requested({
      title: `<script>alert("1")</script> & 'a' \${1 + 1}`,
      pages: 1,
    });
    const { hash } = await driver.plan(context, 'apply');
    await driver.apply(context, hash);
    for (const file of ['index.html', 'page-1.html']) {
      const page = await readFile(join(sites, 'env-1', file), 'utf8');
      expect(page).not.toContain('<script');
      expect(page).toContain(
        '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;a&#39; ${1 + 1}',
      );
    }
  });

  it('refuses an id that would lead out of the folder of the sites', async () => {
    const { context } = await requested({ title: 'Hello' });
    context.component.with.environment_id = '../other';
    await expect(driver.plan(context, 'apply')).rejects.toMatchObject({
      problem: {
        code: 'terraform.variable.invalid',
        message: expect.stringContaining('The id may hold'),
      },
    });
  });
});
