import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../problem.mjs';
import { waitUntil } from '../processes.mjs';
import { tailOf } from '../run.mjs';
import { startService } from '../service.mjs';

const READY_MS = 180_000;

/**
 * An Argo CD for one run of one command, removed when it is stopped.
 *
 * @param {string} programs the folder that bringArgocd returned
 * @param {string} name of its folder, log and service; one at a time
 * @returns `settings`, the file that says how it is reached, `words` about it, and `stop()`
 */
export async function startArgocd(paths, programs, name) {
  const folder = join(paths.home, name);
  const settings = join(folder, 'settings.json');
  const log = join(paths.logs, `${name}.log`);
  rmSync(settings, { force: true });
  writeFileSync(log, '');
  const service = startService(paths, {
    name,
    command: process.execPath,
    args: [join(paths.root, 'tests/argocd/main.mjs'), programs, folder],
    cwd: paths.root,
    log,
    stopSignal: 'SIGTERM',
    graceMs: 20_000,
  });
  const stop = async () => {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const up = () => service.over || existsSync(settings);
  const inTime = await waitUntil(up, READY_MS);
  if (service.over || !inTime) {
    await service.stop();
    throw new Problem(
      [
        'Argo CD did not start. Its last lines:',
        ...tailOf(log, 12).map(line => `    ${line}`),
      ].join('\n'),
      [`The logs of its parts are in ${join(folder, 'instance/log')}`],
    );
  }
  return { settings, words: tailOf(log, 1)[0], stop };
}
