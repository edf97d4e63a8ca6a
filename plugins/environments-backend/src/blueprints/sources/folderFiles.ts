import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isIgnored,
  SNAPSHOT_LIMITS,
} from '@greenroom/plugin-environments-common';
import { InputProblemError } from '../../errors';
import { FileBudget } from '../fileBudget';

/**
 * Reads a file or a folder with all below it into the budget. What is not there gives nothing.
 *
 * @throws InputProblemError for a link, and for more than any snapshot may hold
 */
export async function readBelow(
  folder: string,
  path: string,
  budget: FileBudget,
): Promise<void> {
  const full = join(folder, path);
  const stat = await lstat(full).catch(() => undefined);
  if (!stat || (path !== '' && isIgnored(path))) return;
  if (stat.isSymbolicLink()) {
    throw new InputProblemError({
      code: 'blueprint.file.link',
      message: `${path} is a symbolic link; links are not kept.`,
      place: { file: path },
      remedy: 'Put the file itself in its place.',
    });
  }
  if (stat.isDirectory()) {
    for (const name of (await readdir(full)).sort()) {
      await readBelow(folder, path ? `${path}/${name}` : name, budget);
    }
  } else if (stat.isFile()) {
    budget.spend(path, await readFully(full, SNAPSHOT_LIMITS.fileBytes));
  }
}

/** At most one byte past the limit: enough for the check to see that it is too large. */
export async function readFully(path: string, limit: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(
      Math.min((await handle.stat()).size, limit + 1),
    );
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
