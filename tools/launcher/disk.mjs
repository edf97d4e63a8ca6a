import { statfs } from 'node:fs/promises';
import { Problem } from './problem.mjs';

const GIB = 2 ** 30;

/** Packages, bundle, OpenTofu and a database: 3.2 GiB when measured. */
export const FIRST_INSTALL_BYTES = 4 * GIB;
/** A warm start writes logs, state and database rows. */
export const WARM_BYTES = 0.5 * GIB;

export async function freeBytes(folder) {
  const stat = await statfs(folder);
  return stat.bavail * stat.bsize;
}

/** Refuses a disk that would be full before the work is done. */
export async function requireDisk(folder, neededBytes, measure = freeBytes) {
  const free = await measure(folder);
  if (free < neededBytes) {
    throw new Problem(
      `Only ${(free / GIB).toFixed(1)} GiB are free on the disk of ${folder}; ${(neededBytes / GIB).toFixed(1)} GiB are needed.`,
      ['Free some space, or clone the project onto a larger disk.'],
    );
  }
  return `${(free / GIB).toFixed(1)} GiB free`;
}
