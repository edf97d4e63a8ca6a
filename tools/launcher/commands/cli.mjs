import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { prepare } from '../prepare.mjs';
import { Report } from '../report.mjs';

/**
 * Every other command: packages/cli, on the installed packages, in the folder
 * of the caller. Its output is the caller's, so ours goes to standard error.
 */
export async function cli({ paths, signals }, args) {
  const report = new Report({
    write: line => process.stderr.write(`${line}\n`),
  });
  await prepare(paths, report);
  const transform = join(
    paths.root,
    'node_modules/@backstage/cli/config/nodeTransform.cjs',
  );
  const entry = join(paths.root, 'packages/cli/src/index.ts');
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', '--require', transform, entry, ...args],
    {
      stdio: 'inherit',
      env: { ...process.env, GREENROOM_HOME: paths.home },
    },
  );
  // A signal to the terminal's group reaches the child without us; one that
  // was sent to this process alone is passed on.
  signals.told.then(name => {
    if (name !== 'SIGINT') {
      child.kill(name);
    }
  });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}
