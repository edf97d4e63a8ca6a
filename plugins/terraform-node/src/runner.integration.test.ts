import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TerraformCommandError } from './errors';
import { TerraformEvent } from './events';
import { TerraformRunner } from './runner';
import { describeEachTool } from './testing';
import { locateTool } from './tool';

const MODULE = `
terraform {
  required_providers {
    local = {
      source = "hashicorp/local"
    }
  }
}

variable "text" {
  type = string
}

resource "local_file" "note" {
  filename = "\${path.module}/note.txt"
  content  = var.text
}
`;

describeEachTool('TerraformRunner', ({ path, mirror }) => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'terraform-runner-'));
  });

  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  async function prepared(name: string, options: { cache?: string } = {}) {
    const runner = new TerraformRunner({
      tool: await locateTool(path),
      providers: { mirror, cache: options.cache },
    });
    const folder = await mkdtemp(join(root, `${name}-`));
    await writeFile(join(folder, 'main.tf'), MODULE);
    await runner.prepare(folder);
    const events: TerraformEvent[] = [];
    const run = {
      folder,
      onEvent: (event: TerraformEvent) => {
        events.push(event);
      },
    };
    const varFile = runner.fileIn(folder, 'values.tfvars.json');
    await writeFile(varFile, JSON.stringify({ text: 'hello' }));
    return { runner, run, folder, events, varFile };
  }

  it('plans, shows, applies and destroys, with events of each', async () => {
    const { runner, run, folder, events, varFile } = await prepared('whole');
    const out = runner.fileIn(folder, 'plan');
    await runner.init(run, { backend: true });
    expect(await runner.plan(run, { out, varFile })).toEqual({
      hasChanges: true,
    });
    expect((await runner.showPlan(run, out)).resource_changes).toEqual([
      expect.objectContaining({
        address: 'local_file.note',
        change: expect.objectContaining({ actions: ['create'] }),
      }),
    ]);
    await runner.apply(run, { planFile: out });
    expect(await readdir(folder)).toContain('note.txt');
    expect(await runner.plan(run, { out, varFile })).toEqual({
      hasChanges: false,
    });
    await runner.destroy(run, { varFile });
    expect(await readdir(folder)).not.toContain('note.txt');

    const kinds = new Set(events.map(event => event.type));
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        'version',
        'planned_change',
        'change_summary',
        'apply_start',
        'apply_complete',
      ]),
    );
    expect(events.filter(event => event.type === 'text')).toEqual([]);
  });

  it('fails with the diagnostics of the tool', async () => {
    const { runner, run, folder, varFile } = await prepared('failing');
    await runner.init(run, { backend: true });
    await rm(varFile);
    await writeFile(varFile, '{}');
    const out = runner.fileIn(folder, 'plan');
    const failure = await runner
      .plan(run, { out, varFile })
      .catch(error => error);
    expect(failure).toBeInstanceOf(TerraformCommandError);
    expect(failure).toMatchObject({
      command: 'plan',
      exitCode: 1,
      diagnostics: [
        expect.objectContaining({
          summary: 'No value for required variable',
          range: expect.objectContaining({ filename: 'main.tf' }),
        }),
      ],
    });
  });

  it('fills one provider cache from several inits at once', async () => {
    const cache = join(root, 'cache');
    const modules = await Promise.all(
      ['a', 'b', 'c'].map(name => prepared(name, { cache })),
    );
    await Promise.all(
      modules.map(({ runner, run }) => runner.init(run, { backend: true })),
    );
    expect(await readdir(cache)).toHaveLength(1);
    for (const { runner, run } of modules)
      expect(await runner.validate(run)).toEqual([]);
  });

  it('takes no part of the configuration of the account', async () => {
    const { runner, run, folder } = await prepared('own');
    const before = process.env.TF_CLI_CONFIG_FILE;
    process.env.TF_CLI_CONFIG_FILE = '/no/such/file';
    try {
      await runner.init(run, { backend: false });
      const copy = join(root, 'copy');
      await cp(folder, copy, { recursive: true });
      expect(await runner.validate({ folder: copy })).toEqual([]);
    } finally {
      if (before === undefined) delete process.env.TF_CLI_CONFIG_FILE;
      else process.env.TF_CLI_CONFIG_FILE = before;
    }
  });
});
