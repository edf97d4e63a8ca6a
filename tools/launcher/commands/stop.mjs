import { join } from 'node:path';
import { lockHolder } from '../lock.mjs';
import { isAlive, signal, waitUntil } from '../processes.mjs';
import { reapServices } from '../service.mjs';

const PATIENCE_MS = 45_000;

/** `./greenroom stop`: ends the portal that runs here, from anywhere. */
export async function stop({ paths, report }) {
  const holder = lockHolder(join(paths.run, 'portal.lock'));
  if (holder) {
    signal(holder.pid, 'SIGTERM');
    if (!(await waitUntil(() => !isAlive(holder), PATIENCE_MS))) {
      signal(holder.pid, 'SIGKILL');
    }
  }
  const left = await reapServices(paths);
  report.say(
    holder || left.length > 0
      ? 'Greenroom is stopped; its data is kept.'
      : 'Greenroom is not running.',
  );
  return 0;
}
