import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DriverContext,
  DriverSourceFile,
} from '@greenroom/plugin-environments-node';
import { describeEachTool } from '@greenroom/plugin-terraform-node/testing';
import { NOTE_MODULE } from '../testing/modules';
import { checkOf, useDriverStage } from '../testing/stage';

describeEachTool('What a Terraform component was published with', tool => {
  const stage = useDriverStage(tool);

  const CALLER = {
    'main.tf': `variable "directory" {}

module "note" {
  source    = "git::https://git.example.com/acme/modules.git//note?ref=v1"
  directory = var.directory
}

module "text" {
  source  = "127.0.0.1:1/acme/text/any"
  version = "~> 1.2"
}
`,
  };

  /** Checked, and what the check has kept laid beside it, as in a worker's fresh copy. */
  async function published(): Promise<DriverContext> {
    const { contextOf, driver, world } = stage();
    const kept: DriverSourceFile[] = [];
    const checked = await contextOf(CALLER, { directory: world });
    const problems = await driver.validate({
      ...checkOf(checked, 'things/one'),
      fetch: async address =>
        address.kind === 'git'
          ? {
              resolved: 'c0ffee',
              files: [
                {
                  path: 'note/main.tf',
                  content: Buffer.from(NOTE_MODULE['main.tf']),
                },
              ],
            }
          : {
              resolved: '1.2.9',
              files: [
                {
                  path: 'main.tf',
                  content: Buffer.from('output "text" { value = "x" }'),
                },
              ],
            },
      keep: file => kept.push(file),
    });
    expect(problems).toEqual([]);
    expect(kept.map(({ path }) => path)).toContain('.terraform.lock.hcl');
    const fresh = await contextOf(CALLER, { directory: world });
    const { folder } = fresh.component;
    for (const { path } of kept) {
      await cp(join(checked.component.folder, path), join(folder, path));
    }
    return fresh;
  }

  async function changeLock(
    { component }: DriverContext,
    change: (text: string) => string,
  ): Promise<void> {
    const lock = join(component.folder, '.terraform.lock.hcl');
    const text = await readFile(lock, 'utf8');
    expect(change(text)).not.toBe(text);
    await writeFile(lock, change(text));
  }

  it('makes and removes it when nothing of that can be reached any more', async () => {
    const { driver, make } = stage();
    const context = await published();
    await make(context);
    expect((await driver.prove(context)).left).toHaveLength(2);
    await driver.destroy(context);
    expect(await driver.prove(context)).toEqual({ gone: true, left: [] });
  });

  it('is refused with another provider than it names', async () => {
    const { driver, make } = stage();
    await make(await published());
    const context = await published();
    await changeLock(context, text => text.replace(/h1:..../, 'h1:AAAA'));
    const refused = { problem: { code: 'terraform.provider.differs' } };
    await expect(driver.plan(context, 'apply')).rejects.toMatchObject(refused);
    // It may be anything, so it removes nothing either.
    await expect(driver.destroy(context)).rejects.toMatchObject(refused);
  });

  it('is removed by other providers that fit, once those it names are not to be had', async () => {
    const { driver, make, lines } = stage();
    await make(await published());
    const context = await published();
    await changeLock(context, text =>
      text.replace(/version( *)= "[^"]*"/, 'version$1= "0.0.9"'),
    );
    await expect(driver.plan(context, 'apply')).rejects.toThrow();
    expect(lines.join()).not.toContain('others that fit');
    await driver.destroy(context);
    expect(lines.join()).toContain('others that fit');
    expect(await driver.prove(context)).toEqual({ gone: true, left: [] });
  });

  it('is refused with a provider that it does not name', async () => {
    const { driver } = stage();
    const context = await published();
    await writeFile(
      join(context.component.folder, '.terraform.lock.hcl'),
      '# nothing\n',
    );
    await expect(driver.plan(context, 'apply')).rejects.toMatchObject({
      problem: { code: 'terraform.provider.differs' },
    });
  });
});
