import { spawn } from 'node:child_process';
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DriverContext } from '@greenroom/plugin-environments-node';
import { describeEachTool } from '@greenroom/plugin-terraform-node/testing';
import { killToolIn } from './testing/fixtures';
import { SLOW_MODULE } from './testing/modules';
import { useDriverStage } from './testing/stage';

describeEachTool('A worker killed in the middle of an apply', tool => {
  jest.setTimeout(90_000);
  const stage = useDriverStage(tool);
  const note = {
    address: 'local_file.note',
    type: 'local_file',
    externalId: expect.any(String),
  };

  /** Starts a worker, waits until its tool is at the slow resource, and kills the worker alone. */
  async function workerKilled(
    options: { beforehand?: (folder: string) => Promise<void> | void } = {},
  ): Promise<(password?: string) => DriverContext> {
    const { contextOf, contextIn, world } = stage();
    const given = { directory: world };
    const whole = await contextOf(SLOW_MODULE, given);
    const { folder } = whole.component;
    const { log, made, signal, ...context } = whole;
    const worker = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        join(__dirname, 'testing/worker.ts'),
        JSON.stringify({ tool, context }),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const over = new Promise(resolve => worker.once('exit', resolve));
    for await (const line of createInterface({ input: worker.stdout! }))
      if (/time_sleep\.long: Creating/.test(line)) break;
    // It must not see what happens beforehand, or it would act on it.
    worker.kill('SIGSTOP');
    await options.beforehand?.(folder);
    worker.kill('SIGKILL');
    await over;
    return password => contextIn(folder, given, password);
  }

  it('leaves a tool that stops by itself and saves what it made', async () => {
    const { driver, states, world } = stage();
    const later = await workerKilled();
    expect(await readdir(world)).toEqual(['note.txt']);

    await driver.destroy(later());
    expect(states.isLocked('env-1')).toBe(false);
    expect(await driver.prove(later())).toEqual({ gone: true, left: [] });
    expect(await readdir(world)).toEqual([]);
  });

  it('leaves word of what its tool has made, for the next worker on the machine', async () => {
    const { driver, made } = stage();
    const later = await workerKilled();
    await driver.plan(later(), 'apply');
    expect(made).toEqual([note]);
    // Told once: by then it is on record.
    await driver.plan(later(), 'apply');
    expect(made).toEqual([note]);
    await driver.destroy(later());
  });

  it('leaves that word even when the tool is killed with it, before it has written any state', async () => {
    const { driver, made, states, world } = stage();
    const later = await workerKilled({ beforehand: killToolIn });
    expect(states.read('env-1')).toBeUndefined();
    expect(await readdir(world)).toEqual(['note.txt']);

    states.breakLock('env-1');
    await driver.destroy(later());
    expect(made).toEqual([note]);
    // The state alone would have forgotten it.
    expect(await driver.prove(later())).toEqual({ gone: true, left: [] });
  });

  it('loses no resource when its late write of state is refused: the next attempt saves it', async () => {
    const { driver, lines, made, states, world } = stage();
    const later = await workerKilled({
      beforehand: () => {
        states.access('env-1', 'of-the-second-claim');
      },
    });
    // What the state service does with the locks of a claim that is over.
    states.breakLock('env-1');
    const context = later('of-the-second-claim');

    await driver.destroy(context);
    expect(made).toEqual([note]);
    expect(lines).toContainEqual(
      expect.stringContaining('Saved the state that an earlier attempt'),
    );
    expect(await driver.prove(context)).toEqual({ gone: true, left: [] });
    expect(await readdir(world)).toEqual([]);
    await expect(
      access(join(context.component.folder, 'errored.tfstate')),
    ).rejects.toThrow();
  });
});
