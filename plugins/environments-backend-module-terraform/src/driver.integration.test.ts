import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlanGoneError } from '@greenroom/plugin-environments-node';
import { describeEachTool } from '@greenroom/plugin-terraform-node/testing';
import { NOTE_MODULE } from './testing/modules';
import { useDriverStage } from './testing/stage';

// What the contract of all drivers does not ask for.
describeEachTool('The Terraform driver', tool => {
  const stage = useDriverStage(tool);

  it('runs in a folder that it initialised once, and starts no second init', async () => {
    const { contextOf, driver, lines, make, world } = stage();
    const context = await contextOf(NOTE_MODULE, { directory: world });
    await make(context);
    await driver.destroy(context);
    expect(
      lines.filter(line => /Initializing the backend/.test(line)),
    ).toHaveLength(1);
  });

  it('applies the plan that was made, and makes no second one', async () => {
    const { contextOf, lines, make, world } = stage();
    const context = await contextOf(NOTE_MODULE, { directory: world });
    await make(context);
    expect(lines.filter(line => /^Plan: 2 to add/.test(line))).toHaveLength(1);
  });

  it('does not apply an older plan when a newer one failed', async () => {
    const { contextOf, driver } = stage();
    const context = await contextOf(
      {
        'main.tf': `variable "text" {
  validation {
    condition     = var.text != "bad"
    error_message = "The text is bad."
  }
}

resource "terraform_data" "mark" {
  input = var.text
}
`,
      },
      { text: 'good' },
    );
    const { hash } = await driver.plan(context, 'apply');
    const bad = {
      ...context,
      component: { ...context.component, with: { text: 'bad' } },
    };
    const expected = {
      problem: {
        code: 'terraform.variable.invalid',
        message: expect.stringContaining('The text is bad.'),
      },
    };
    await expect(driver.plan(bad, 'apply')).rejects.toMatchObject(expected);
    await expect(driver.apply(context, hash)).rejects.toThrow(PlanGoneError);
    expect(await driver.prove(context)).toEqual({ gone: true, left: [] });
  });

  it('says by the plan of a destroy what its module protects, and removes nothing', async () => {
    const { contextOf, driver, make } = stage();
    const context = await contextOf({
      'main.tf': `resource "terraform_data" "keep" {
  input = "all our orders"

  lifecycle {
    prevent_destroy = true
  }
}
`,
    });
    await make(context);
    await expect(driver.plan(context, 'destroy')).rejects.toMatchObject({
      problem: {
        code: 'terraform.protected',
        message: expect.stringContaining('terraform_data.keep'),
        place: { file: 'things/one/main.tf', line: 1 },
      },
    });
    expect(await driver.prove(context)).toMatchObject({ gone: false });
  });

  it('says by the plan of a destroy that its credentials are missing', async () => {
    const { contextOf, driver, make, world } = stage();
    const credentials = join(world, 'credentials');
    await writeFile(credentials, 'a key');
    const context = await contextOf({
      'main.tf': `data "local_file" "credentials" {
  filename = "${credentials}"
}

resource "terraform_data" "mark" {
  input = data.local_file.credentials.content
}
`,
    });
    await make(context);
    await rm(credentials);
    await expect(driver.plan(context, 'destroy')).rejects.toMatchObject({
      problem: {
        component: 'thing',
        message: expect.stringContaining('credentials'),
        place: { file: 'things/one/main.tf', line: 1 },
      },
    });
  });

  it('passes nothing of its own environment on to the tool', async () => {
    const { contextOf, make, world } = stage();
    process.env.SECRET_OF_THE_PORTAL = 'hidden';
    try {
      const seen = join(world, 'environment');
      const context = await contextOf({
        'main.tf': `resource "terraform_data" "look" {
  provisioner "local-exec" {
    command = "env > ${seen}"
  }
}
`,
      });
      await make(context);
      const environment = await readFile(seen, 'utf8');
      expect(environment).toContain('TF_IN_AUTOMATION=1');
      expect(environment).not.toContain('SECRET_OF_THE_PORTAL');
    } finally {
      delete process.env.SECRET_OF_THE_PORTAL;
    }
  });

  it('writes no sensitive value into the log', async () => {
    const { contextOf, driver, lines } = stage();
    const context = await contextOf(
      {
        'main.tf': `variable "password" {
  sensitive = true
}

resource "terraform_data" "keeper" {
  input = var.password
}

output "password" {
  value     = terraform_data.keeper.output
  sensitive = true
}
`,
      },
      { password: 'open-sesame' },
    );
    const { hash } = await driver.plan(context, 'apply');
    const { outputs } = await driver.apply(context, hash);
    expect(outputs).toEqual({
      password: { value: 'open-sesame', sensitive: true },
    });
    expect(lines.join('\n')).not.toContain('open-sesame');
  });

  it('destroys by the plan that was made for it, and makes no second one', async () => {
    const { contextOf, driver, lines, make, world } = stage();
    const context = await contextOf(NOTE_MODULE, { directory: world });
    await make(context);
    lines.length = 0;
    await driver.plan(context, 'destroy');
    await driver.destroy(context);
    expect(
      lines.filter(line => /^Plan: .* 2 to destroy/.test(line)),
    ).toHaveLength(1);
    expect(await readdir(world)).toEqual([]);
  });

  it('keeps no plan behind that was applied: it holds the values of all variables', async () => {
    const { contextOf, make, world } = stage();
    const context = await contextOf(NOTE_MODULE, { directory: world });
    await make(context);
    const plans = join(context.component.folder, '.greenroom', 'plans');
    expect(await readdir(plans)).toEqual([]);
  });

  it('destroys with a `with` that no apply would take', async () => {
    const { contextOf, driver, make, world } = stage();
    const context = await contextOf(NOTE_MODULE, { directory: world });
    await make(context);
    await driver.destroy({
      ...context,
      component: {
        ...context.component,
        with: { directory: world, colour: 'green' },
      },
    });
    expect(await readdir(world)).toEqual([]);
  });

  it('destroys what never was although its source is broken', async () => {
    const { contextOf, driver, lines } = stage();
    const context = await contextOf({ 'main.tf': 'resource "x' });
    await driver.destroy(context);
    expect(lines).toEqual([
      'The state lists nothing: there is nothing to remove',
    ]);
  });
});
