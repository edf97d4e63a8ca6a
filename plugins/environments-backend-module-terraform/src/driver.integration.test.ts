import {
  access,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonObject } from '@greenroom/plugin-environments-common';
import {
  DriverAbortedError,
  DriverContext,
} from '@greenroom/plugin-environments-node';
import { StateServer } from '@greenroom/plugin-environments-node/contract-kit';
import { describeEachTool } from '@greenroom/plugin-terraform-node/testing';
import { TerraformDriver } from './driver';
import { driverOn, killToolIn } from './testing/fixtures';
import { moduleOf, NOTE_MODULE, SLOW_MODULE } from './testing/modules';

// What the contract of all drivers does not ask for.
describeEachTool('The Terraform driver', tool => {
  jest.setTimeout(60_000);
  let root: string;
  let world: string;
  let states: StateServer;
  let driver: TerraformDriver;
  let lines: string[];

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'terraform-driver-'));
    world = await mkdtemp(join(tmpdir(), 'terraform-world-'));
    states = await StateServer.start();
    driver = await driverOn(tool);
    lines = [];
  });

  afterEach(async () => {
    await states.close();
    await rm(root, { recursive: true, force: true });
    await rm(world, { recursive: true, force: true });
  });

  async function contextOf(
    files: Record<string, string>,
    given: JsonObject = {},
  ): Promise<DriverContext> {
    const folder = await mkdtemp(join(root, 'folder-'));
    await moduleOf(files)(folder);
    return {
      operationId: 'operation-1',
      environment: {
        id: 'env-1',
        name: 'blue',
        owner: 'group:default/shop',
        type: 'sandbox',
      },
      component: { id: 'thing', with: given, folder },
      state: states.access('env-1'),
      log: line => lines.push(line.text),
      signal: new AbortController().signal,
    };
  }

  const initialised = (context: DriverContext) =>
    access(join(context.component.folder, '.terraform')).then(
      () => true,
      () => false,
    );

  it('refuses a key that is no variable before it downloads anything', async () => {
    const context = await contextOf(NOTE_MODULE, {
      directory: world,
      colour: 'green',
    });
    await expect(driver.plan(context)).rejects.toMatchObject({
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
    const context = await contextOf(NOTE_MODULE);
    await expect(driver.apply(context)).rejects.toMatchObject({
      problem: {
        code: 'terraform.variable.missing',
        place: { file: 'main.tf', line: 2 },
        remedy: expect.stringContaining('Add "directory"'),
      },
    });
  });

  it('runs in a folder that it initialised once, and starts no second init', async () => {
    const context = await contextOf(NOTE_MODULE, { directory: world });
    await driver.plan(context);
    await driver.apply(context);
    await driver.destroy(context);
    expect(
      lines.filter(line => /Initializing the backend/.test(line)),
    ).toHaveLength(1);
  });

  it('applies the plan that was made, and makes no second one', async () => {
    const context = await contextOf(NOTE_MODULE, { directory: world });
    await driver.plan(context);
    await driver.apply(context);
    expect(lines.filter(line => /^Plan: 2 to add/.test(line))).toHaveLength(1);
  });

  it('does not apply an older plan when a newer one failed', async () => {
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
    await driver.plan(context);
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
    await expect(driver.plan(bad)).rejects.toMatchObject(expected);
    await expect(driver.apply(bad)).rejects.toMatchObject(expected);
    expect(await driver.prove(context)).toEqual({ gone: true, left: [] });
  });

  it('plans anew after a tool was killed in the middle of its plan', async () => {
    const context = await contextOf(SLOW_MODULE, { directory: world });
    const abort = new AbortController();
    const begun = (tell: () => void): DriverContext => ({
      ...context,
      signal: abort.signal,
      log: line => {
        lines.push(line.text);
        if (/time_sleep\.long: Creating/.test(line.text)) tell();
      },
    });
    const applying = async () => {
      let applied: Promise<unknown>;
      await new Promise<void>(tell => {
        applied = driver.apply(begun(tell));
        applied.catch(() => {});
      });
      return { settled: applied! };
    };
    await driver.plan(context);
    const first = await applying();
    await killToolIn(context.component.folder);
    await expect(first.settled).rejects.toMatchObject({
      problem: { code: 'terraform.killed' },
    });

    states.breakLock('env-1');
    lines = [];
    const second = await applying();
    abort.abort();
    await expect(second.settled).rejects.toThrow(DriverAbortedError);
    expect(lines).toContain('Plan: 2 to add, 0 to change, 0 to destroy.');
  });

  it('names resources of an unsaved state that came too late, and destroys the others', async () => {
    const context = await contextOf(NOTE_MODULE, { directory: world });
    await driver.apply(context);
    const state = JSON.parse(states.read('env-1')!);
    state.serial = 0;
    const unsaved = join(context.component.folder, 'errored.tfstate');
    await writeFile(unsaved, JSON.stringify(state));
    expect((await driver.plan(context)).hasChanges).toBe(false);
    await expect(access(unsaved)).rejects.toThrow();

    state.resources[0].instances[0].attributes.id = 'another';
    await writeFile(unsaved, JSON.stringify(state));
    const expected = {
      problem: {
        code: 'terraform.state.lost',
        detail: 'local_file.note another',
        remedy: expect.stringContaining(unsaved),
      },
    };
    await expect(driver.apply(context)).rejects.toMatchObject(expected);
    await expect(driver.destroy(context)).rejects.toMatchObject(expected);
    expect(await readdir(world)).toEqual([]);
  });

  it("replaces the module's own backend", async () => {
    const own = join(root, 'own.tfstate');
    const context = await contextOf(
      {
        ...NOTE_MODULE,
        'backend.tf': `terraform {\n  backend "local" {\n    path = "${own}"\n  }\n}\n`,
      },
      { directory: world },
    );
    await driver.apply(context);
    expect(states.read('env-1')).toContain('local_file');
    await expect(access(own)).rejects.toThrow();
  });

  it('refuses a module that leads its state elsewhere by an override of its own', async () => {
    const context = await contextOf(
      {
        ...NOTE_MODULE,
        'zz_override.tf':
          'terraform {\n  backend "local" {\n    path = "/tmp/elsewhere.tfstate"\n  }\n}\n',
      },
      { directory: world },
    );
    await expect(driver.plan(context)).rejects.toMatchObject({
      problem: { code: 'terraform.backend.overridden' },
    });
    expect(await readdir(world)).toEqual([]);
  });

  it('refuses a module whose override sends the state to another address', async () => {
    const context = await contextOf(
      {
        ...NOTE_MODULE,
        'zz_override.tf': `terraform {\n  backend "http" {\n    address = "${states.access('mine').address}"\n  }\n}\n`,
      },
      { directory: world },
    );
    await expect(driver.plan(context)).rejects.toMatchObject({
      problem: { code: 'terraform.backend.overridden' },
    });
  });

  it('says who holds the state when its lock is not freed in time', async () => {
    const context = await contextOf(NOTE_MODULE, { directory: world });
    await fetch(context.state.lockAddress, {
      method: 'LOCK',
      headers: {
        authorization: `Basic ${btoa(`operation:${context.state.password}`)}`,
      },
      body: JSON.stringify({ ID: 'somebody', Who: 'ann@laptop' }),
    });
    await expect(driver.plan(context)).rejects.toMatchObject({
      problem: {
        code: 'terraform.state.locked',
        detail: expect.stringContaining('somebody'),
      },
    });
  });

  it('names the remedy for a provider that is not to be had', async () => {
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
    await expect(driver.plan(context)).rejects.toMatchObject({
      problem: expected,
    });
    expect(
      await driver.validate({
        component,
        sourcePath: 'thing',
        signal: context.signal,
      }),
    ).toEqual([expect.objectContaining({ ...expected, component: 'thing' })]);
  });

  it('finds wrong references and wrong keys of a source that can be read', async () => {
    const context = await contextOf(
      { 'main.tf': 'variable "n" {}\n\noutput "o" {\n  value = var.m\n}\n' },
      { k: 1 },
    );
    const problems = await driver.validate({
      component: context.component,
      sourcePath: 'things/../one',
      signal: context.signal,
    });
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
    const context = await contextOf({ 'readme.md': 'nothing' });
    expect(
      await driver.validate({
        component: context.component,
        sourcePath: 'thing',
        signal: context.signal,
      }),
    ).toEqual([
      expect.objectContaining({
        code: 'terraform.source.empty',
        place: { file: 'thing' },
      }),
    ]);
  });

  it('passes nothing of its own environment on to the tool', async () => {
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
      await driver.apply(context);
      const environment = await readFile(seen, 'utf8');
      expect(environment).toContain('TF_IN_AUTOMATION=1');
      expect(environment).not.toContain('SECRET_OF_THE_PORTAL');
    } finally {
      delete process.env.SECRET_OF_THE_PORTAL;
    }
  });

  it('writes no sensitive value into the log', async () => {
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
    await driver.plan(context);
    const { outputs } = await driver.apply(context);
    expect(outputs).toEqual({
      password: { value: 'open-sesame', sensitive: true },
    });
    expect(lines.join('\n')).not.toContain('open-sesame');
  });

  it('destroys with a `with` that no apply would take', async () => {
    const context = await contextOf(NOTE_MODULE, { directory: world });
    await driver.apply(context);
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
    const context = await contextOf({ 'main.tf': 'resource "x' });
    await driver.destroy(context);
    expect(lines).toEqual([
      'The state lists nothing: there is nothing to remove',
    ]);
  });

  it('says that the state service does not answer, and takes a refusal for no empty state', async () => {
    const context = await contextOf(NOTE_MODULE, { directory: world });
    const refused = { ...context.state, address: `${context.state.address}x` };
    await expect(
      driver.destroy({ ...context, state: refused }),
    ).rejects.toMatchObject({
      problem: { code: 'terraform.state.unreadable' },
    });
    await states.close();
    await expect(driver.prove(context)).rejects.toMatchObject({
      problem: { code: 'terraform.state.unreadable' },
    });
  });
});
