import { access, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeEachTool } from '@greenroom/plugin-terraform-node/testing';
import { NOTE_MODULE } from '../testing/modules';
import { useDriverStage } from '../testing/stage';

describeEachTool('The states of Terraform components', tool => {
  const stage = useDriverStage(tool);

  it('names resources of an unsaved state that came too late, and destroys the others', async () => {
    const { contextOf, driver, make, states, world } = stage();
    const context = await contextOf(NOTE_MODULE, { directory: world });
    await make(context);
    const state = JSON.parse(states.read('env-1')!);
    state.serial = 0;
    const unsaved = join(context.component.folder, 'errored.tfstate');
    await writeFile(unsaved, JSON.stringify(state));
    expect((await driver.plan(context, 'apply')).hasChanges).toBe(false);
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
    await expect(driver.plan(context, 'apply')).rejects.toMatchObject(expected);
    await expect(driver.destroy(context)).rejects.toMatchObject(expected);
    expect(await readdir(world)).toEqual([]);
  });

  it("replaces the module's own backend", async () => {
    const { contextOf, make, root, states, world } = stage();
    const own = join(root, 'own.tfstate');
    const context = await contextOf(
      {
        ...NOTE_MODULE,
        'backend.tf': `terraform {\n  backend "local" {\n    path = "${own}"\n  }\n}\n`,
      },
      { directory: world },
    );
    await make(context);
    expect(states.read('env-1')).toContain('local_file');
    await expect(access(own)).rejects.toThrow();
  });

  it('refuses a module that leads its state elsewhere by an override of its own', async () => {
    const { contextOf, driver, world } = stage();
    const context = await contextOf(
      {
        ...NOTE_MODULE,
        'zz_override.tf':
          'terraform {\n  backend "local" {\n    path = "/tmp/elsewhere.tfstate"\n  }\n}\n',
      },
      { directory: world },
    );
    await expect(driver.plan(context, 'apply')).rejects.toMatchObject({
      problem: { code: 'terraform.backend.overridden' },
    });
    expect(await readdir(world)).toEqual([]);
  });

  it('refuses a module whose override sends the state to another address', async () => {
    const { contextOf, driver, states, world } = stage();
    const context = await contextOf(
      {
        ...NOTE_MODULE,
        'zz_override.tf': `terraform {\n  backend "http" {\n    address = "${states.access('mine').address}"\n  }\n}\n`,
      },
      { directory: world },
    );
    await expect(driver.plan(context, 'apply')).rejects.toMatchObject({
      problem: { code: 'terraform.backend.overridden' },
    });
  });

  it('says who holds the state when its lock is not freed in time', async () => {
    const { contextOf, driver, world } = stage();
    const context = await contextOf(NOTE_MODULE, { directory: world });
    await fetch(context.state.lockAddress, {
      method: 'LOCK',
      headers: {
        authorization: `Basic ${btoa(`operation:${context.state.password}`)}`,
      },
      body: JSON.stringify({ ID: 'somebody', Who: 'ann@laptop' }),
    });
    await expect(driver.plan(context, 'apply')).rejects.toMatchObject({
      problem: {
        code: 'terraform.state.locked',
        detail: expect.stringContaining('somebody'),
      },
    });
  });

  it('says that the state service does not answer, and takes a refusal for no empty state', async () => {
    const { contextOf, driver, states, world } = stage();
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
