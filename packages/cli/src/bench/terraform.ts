import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * What a person would type: init, plan and apply of a module in a fresh folder, with its state in a
 * local file.
 *
 * @returns seconds for the three together; the destroy that follows isn't counted
 */
export async function rawCreate(options: {
  module: string;
  variables: (folder: string) => Record<string, string>;
}): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-raw-'));
  try {
    await cp(options.module, join(folder, 'module'), { recursive: true });
    const env = await cleanEnvironment(folder, options.variables(folder));
    const terraform = (...args: string[]) =>
      run(process.env.GREENROOM_TERRAFORM!, args, {
        cwd: join(folder, 'module'),
        env,
      });
    const startedAt = performance.now();
    await terraform('init', '-input=false');
    await terraform('plan', '-input=false', '-out=plan');
    await terraform('apply', '-input=false', 'plan');
    const seconds = (performance.now() - startedAt) / 1000;
    await terraform('apply', '-destroy', '-auto-approve', '-input=false');
    return seconds;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same provider source as Greenroom's own runs have, and nothing else of the caller's settings. */
async function cleanEnvironment(
  folder: string,
  variables: Record<string, string>,
): Promise<NodeJS.ProcessEnv> {
  const mirror = process.env.GREENROOM_PROVIDER_MIRROR;
  const configFile = join(folder, 'cli.tfrc');
  await writeFile(
    configFile,
    mirror
      ? `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`
      : '',
  );
  return {
    PATH: process.env.PATH,
    HOME: folder,
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: configFile,
    ...Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [
        `TF_VAR_${name}`,
        value,
      ]),
    ),
  };
}
