import { linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { identify, isAlive } from './processes.mjs';
import { readJson } from './atomic.mjs';

/**
 * Takes a lock file for this process. A file whose process is gone (its
 * number may belong to another by now: the start time decides) is no
 * obstacle.
 *
 * @returns `{ release }`, or `{ holder }` with what the living holder wrote
 */
export function takeLock(file, facts = {}) {
  const mine = `${file}.${process.pid}`;
  const content = JSON.stringify({ ...identify(process.pid), ...facts });
  writeFileSync(mine, content);
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        // A link appears whole or not at all, and never replaces a file.
        linkSync(mine, file);
        return { release: () => releaseLock(file) };
      } catch (error) {
        if (error.code !== 'EEXIST') {
          throw error;
        }
      }
      const holder = readJson(file);
      if (isAlive(holder)) {
        return { holder };
      }
      removeStale(file, holder);
    }
    return { holder: readJson(file) };
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Who holds the lock, if it is a living process. */
export function lockHolder(file) {
  const holder = readJson(file);
  return isAlive(holder) ? holder : undefined;
}

function releaseLock(file) {
  if (readJson(file)?.pid === process.pid) {
    rmSync(file, { force: true });
  }
}

// Two launchers may find the same stale file. Moving it away first shows
// whether it is still the stale one; a fresh one is put back.
function removeStale(file, stale) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    const moved = readJson(aside);
    if (moved?.pid !== stale?.pid || moved?.mark !== stale?.mark) {
      linkSync(aside, file);
    }
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') {
      throw error;
    }
  } finally {
    rmSync(aside, { force: true });
  }
}
