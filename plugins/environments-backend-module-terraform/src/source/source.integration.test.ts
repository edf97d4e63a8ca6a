import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { DriverContext } from '@greenroom/plugin-environments-node';
import { describeEachTool } from '@greenroom/plugin-terraform-node/testing';
import { NOTE_MODULE } from '../testing/modules';
import { checkOf, useDriverStage } from '../testing/stage';

describeEachTool('The sources of Terraform components', tool => {
  const stage = useDriverStage(tool);

  const initialised = (context: DriverContext) =>
    access(join(context.component.folder, '.terraform')).then(
      () => true,
      () => false,
    );

  it('refuses a key that is no variable before it downloads anything', async () => {
    const { contextOf, driver, world } = stage();
    const context = await contextOf(NOTE_MODULE, {
      directory: world,
      colour: 'green',
    });
    await expect(driver.plan(context, 'apply')).rejects.toMatchObject({
      name: 'DriverError',
      problem: {
        code: 'terraform.variable.unknown',
        component: 'thing',
        message:
          'Component "thing" gives "colour" in its `with`, but its module declares no such variable. It declares directory, text',
      },
    });
    expect(await initialised(context)).toBe(false);
  });

  it('names the variable that got no value, and where it is declared', async () => {
    const { contextOf, driver } = stage();
    const context = await contextOf(NOTE_MODULE);
    await expect(driver.plan(context, 'apply')).rejects.toMatchObject({
      problem: {
        code: 'terraform.variable.missing',
        place: { file: 'things/one/main.tf', line: 2 },
        remedy: expect.stringContaining('Add "directory"'),
      },
    });
  });

  it('finds wrong references and wrong keys of a source that can be read', async () => {
    const { contextOf, driver } = stage();
    const context = await contextOf(
      { 'main.tf': 'variable "n" {}\n\noutput "o" {\n  value = var.m\n}\n' },
      { k: 1 },
    );
    const problems = await driver.validate(checkOf(context, 'things/../one'));
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'terraform.diagnostic',
        message: expect.stringContaining('undeclared input variable'),
        place: { file: 'one/main.tf', line: 4, column: 11 },
      }),
      expect.objectContaining({ code: 'terraform.variable.unknown' }),
      expect.objectContaining({
        code: 'terraform.variable.missing',
        place: { file: 'one/main.tf', line: 1 },
      }),
    ]);
  });

  it('says that a folder holds no module', async () => {
    const { contextOf, driver } = stage();
    const context = await contextOf({ 'readme.md': 'nothing' });
    expect(await driver.validate(checkOf(context, 'thing'))).toEqual([
      expect.objectContaining({
        code: 'terraform.source.empty',
        place: { file: 'thing' },
      }),
    ]);
  });

  it('names the remedy for a provider that is not to be had', async () => {
    const { contextOf, driver } = stage();
    const source = {
      'main.tf': `terraform {
  required_providers {
    local = {
      source  = "hashicorp/local"
      version = "99.0.0"
    }
  }
}
`,
    };
    const context = await contextOf(source);
    const { component } = await contextOf(source);
    const expected = {
      code: 'terraform.provider.unavailable',
      remedy: expect.stringContaining('providerMirror'),
    };
    await expect(driver.plan(context, 'apply')).rejects.toMatchObject({
      problem: expected,
    });
    expect(
      await driver.validate(checkOf({ ...context, component }, 'thing')),
    ).toEqual([expect.objectContaining({ ...expected, component: 'thing' })]);
  });
});
