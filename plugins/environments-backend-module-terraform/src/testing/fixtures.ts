import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DriverContractFixtures,
  StateServer,
} from '@greenroom/plugin-environments-node/contract-kit';
import { locateTool, TerraformRunner } from '@greenroom/plugin-terraform-node';
import { ToolUnderTest } from '@greenroom/plugin-terraform-node/testing';
import { TerraformDriver } from '../driver';
import {
  BROKEN_MODULE,
  FAILING_MODULE,
  HURRY,
  moduleOf,
  NOTE_MODULE,
  SECRET_MODULE,
  SLOW_MODULE,
  STUBBORN_MODULE,
} from './modules';

export async function driverOn(
  { path, mirror }: ToolUnderTest,
  options: {
    platformVariables?: Record<string, string>;
    graceMs?: number;
  } = {},
): Promise<TerraformDriver> {
  const runner = new TerraformRunner({
    tool: await locateTool(path),
    providers: { mirror },
    lockTimeoutSeconds: 2,
    graceMs: options.graceMs,
  });
  return new TerraformDriver({
    runner: async () => runner,
    platformVariables: options.platformVariables ?? {},
  });
}

/** Kills the tool that works in a folder, as the kernel would. */
export async function killToolIn(folder: string): Promise<void> {
  const record = await readFile(join(folder, '.greenroom', 'run.json'), 'utf8');
  process.kill(JSON.parse(record).pid, 'SIGKILL');
}

/** A driver, a state service and an empty piece of world, for one test. */
export async function contractFixtures(
  tool: ToolUnderTest,
): Promise<DriverContractFixtures & { states: StateServer }> {
  const states = await StateServer.start();
  const directory = await mkdtemp(join(tmpdir(), 'terraform-world-'));
  let credentials = 0;
  return {
    states,
    driver: await driverOn(tool),
    good: {
      with: { directory },
      write: moduleOf(NOTE_MODULE),
      outputs: {
        text: { value: 'hello', sensitive: false },
        secret: { value: 'hidden', sensitive: true },
      },
      resources: [
        { address: 'local_file.note', type: 'local_file' },
        {
          address: 'terraform_data.mark',
          type: 'terraform_data',
          inStateOnly: true,
        },
      ],
      changedWith: { directory, text: 'good bye' },
      changed: {
        address: 'local_file.note',
        path: 'content',
        before: 'hello',
        after: 'good bye',
      },
    },
    secret: {
      with: { directory, password: 'open-sesame' },
      write: moduleOf(SECRET_MODULE),
      path: 'content',
      value: 'open-sesame',
    },
    bad: {
      with: { directory },
      write: moduleOf(BROKEN_MODULE),
      place: { file: 'things/one/main.tf', line: 4 },
    },
    failing: {
      with: { directory },
      write: moduleOf(FAILING_MODULE),
      message: /local-exec provisioner error/,
    },
    slow: {
      with: { directory },
      write: moduleOf(SLOW_MODULE),
      begun: /time_sleep\.long: Creating/,
      made: 'local_file.note',
    },
    stubborn: {
      with: { directory },
      write: moduleOf(STUBBORN_MODULE),
      begun: /local-exec\): begun/,
      hurry: () => writeFile(join(directory, HURRY), ''),
    },
    kill: killToolIn,
    state: name => states.access(name, `password-${++credentials}`),
    freeLock: name => states.breakLock(name),
    exists: async () => (await readdir(directory)).some(name => name !== HURRY),
    drift: () => writeFile(join(directory, 'note.txt'), 'by hand'),
    look: async () =>
      Promise.all(
        (await readdir(directory)).map(async name => [
          name,
          await readFile(join(directory, name), 'utf8'),
        ]),
      ),
    cleanUp: async () => {
      await states.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
