import { join } from 'node:path';
import { requireDisk, WARM_BYTES } from './disk.mjs';
import { installPackages } from './install.mjs';
import { takeLock } from './lock.mjs';
import { Problem } from './problem.mjs';
import { waitUntil } from './processes.mjs';

const PATIENCE_MS = 15 * 60_000;

/**
 * What every command needs: room on the disk and the installed packages.
 * Two commands at once in one checkout take turns.
 */
export async function prepare(paths, report) {
  await requireDisk(paths.root, WARM_BYTES);
  const lock = await takeTurn(join(paths.state, 'install.lock'), report);
  try {
    await report.step('Packages', () => installPackages(paths));
  } finally {
    lock.release();
  }
}

async function takeTurn(file, report) {
  let taken = takeLock(file);
  if (taken.holder) {
    report.say(
      `  Another ./greenroom (process ${taken.holder.pid}) is installing here; waiting for it …`,
    );
    await waitUntil(
      () => {
        taken = takeLock(file);
        return !taken.holder;
      },
      PATIENCE_MS,
      500,
    );
  }
  if (taken.holder) {
    throw new Problem(
      `Process ${taken.holder.pid} has been installing here for too long.`,
      ['Look at it, end it, and run the command again.'],
    );
  }
  return taken;
}
