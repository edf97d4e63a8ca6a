import { spawn } from 'node:child_process';
import { access, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DriverContext } from '@greenroom/plugin-environments-node';
import { StateServer } from '@greenroom/plugin-environments-node/contract-kit';
import { describeEachTool } from '@greenroom/plugin-terraform-node/testing';
import { TerraformDriver } from './driver';
import { driverOn } from './testing/fixtures';
import { moduleOf, SLOW_MODULE } from './testing/modules';

describeEachTool('A worker killed in the middle of an apply', tool => {
  jest.setTimeout(90_000);
  let folder: string;
  let world: string;
  let states: StateServer;
  let driver: TerraformDriver;
  let lines: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'worker-folder-'));
    world = await mkdtemp(join(tmpdir(), 'worker-world-'));
    await moduleOf(SLOW_MODULE)(folder);
    states = await StateServer.start();
    driver = await driverOn(tool);
    lines = [];
  });

  afterEach(async () => {
    await states.close();
    await rm(folder, { recursive: true, force: true });
    await rm(world, { recursive: true, force: true });
  });

  const contextWith = (password: string): DriverContext => ({
    operationId: 'operation-1',
    environment: {
      id: 'env-1',
      name: 'blue',
      owner: 'group:default/shop',
      type: 'sandbox',
    },
    component: { id: 'thing', with: { directory: world }, folder },
    state: states.access('env-1', password),
    signal: new AbortController().signal,
    log: line => lines.push(line.text),
  });

  /** Starts a worker, waits until its tool is at the slow resource, and kills the worker alone. */
  async function workerKilled(options: { fencedBefore?: boolean } = {}) {
    const { log, signal, ...context } = contextWith('of-the-first-claim');
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
    if (options.fencedBefore) states.access('env-1', 'of-the-second-claim');
    worker.kill('SIGKILL');
    await over;
  }

  it('leaves a tool that stops by itself and saves what it made', async () => {
    await workerKilled();
    const context = contextWith('of-the-first-claim');
    expect(await readdir(world)).toEqual(['note.txt']);

    await driver.destroy(context);
    expect(states.isLocked('env-1')).toBe(false);
    expect(await driver.prove(context)).toEqual({ gone: true, left: [] });
    expect(await readdir(world)).toEqual([]);
  });

  it('loses no resource when its late write of state is refused: the next attempt saves it', async () => {
    await workerKilled({ fencedBefore: true });
    // What the state service does with the locks of a claim that is over.
    states.breakLock('env-1');
    const context = contextWith('of-the-second-claim');

    await driver.destroy(context);
    expect(lines).toContainEqual(
      expect.stringContaining('Saved the state that an earlier attempt'),
    );
    expect(await driver.prove(context)).toEqual({ gone: true, left: [] });
    expect(await readdir(world)).toEqual([]);
    await expect(access(join(folder, 'errored.tfstate'))).rejects.toThrow();
  });
});
