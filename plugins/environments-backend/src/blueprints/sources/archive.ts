import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';
import {
  isIgnored,
  SNAPSHOT_LIMITS,
} from '@greenroom/plugin-environments-common';
import { InputProblemError } from '../../errors';
import { FileBudget } from '../fileBudget';
import { SnapshotFile } from '../types';
import { readBelow } from './folderFiles';
import { unreadable } from './problems';

/**
 * The files of a compressed tar archive. Nothing is unpacked but files and folders within it.
 *
 * @param name for problems
 * @throws InputProblemError for what is no such archive, holds a link or a path out, or is too large
 */
export async function readArchive(
  name: string,
  archive: Readable,
  workDirectory: string,
): Promise<SnapshotFile[]> {
  await mkdir(workDirectory, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(workDirectory, 'source-'));
  const budget = new FileBudget();
  const links: string[] = [];
  try {
    await pipeline(
      archive,
      limited(),
      extract({
        cwd: folder,
        // What it would leave out with a warning, such as a path that leads out, is an error.
        strict: true,
        filter: (path, entry) => {
          if (isIgnored(path.replace(/\/$/, ''))) return false;
          if ('type' in entry && /Link$/.test(entry.type)) {
            links.push(path);
            return false;
          }
          return budget.reserve(entry.size);
        },
      }),
    );
    if (links.length > 0) {
      throw new Error(`it holds the link ${links[0]}; links are not kept`);
    }
    budget.check();
    await readBelow(folder, '', budget);
    return budget.files;
  } catch (error) {
    if (error instanceof InputProblemError) throw error;
    throw unreadable(`The archive ${name}`, error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Compressed files are not larger than what may come of them. */
function limited(): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > SNAPSHOT_LIMITS.bytes) done(new Error('it is too large'));
      else done(null, chunk);
    },
  });
}
