import { Readable } from 'node:stream';
import { SNAPSHOT_LIMITS } from '@greenroom/plugin-environments-common';
import { InputProblemError } from '../../errors';
import { FileBudget } from '../fileBudget';
import { SnapshotFile } from '../types';
import { unreadable } from './problems';
import { unpackTar } from './tarArchive';
import { unpackZip } from './zipArchive';

/** `tar`: compressed by gzip. */
export type ArchiveKind = 'tar' | 'zip';

/**
 * The files of an archive. Nothing is unpacked but files and folders within it.
 *
 * @param name for problems
 * @throws InputProblemError for what is no such archive, holds a link or a path out, or is too large
 */
export async function readArchive(
  name: string,
  archive: Readable,
  options: { kind: ArchiveKind; workDirectory: string },
): Promise<SnapshotFile[]> {
  const budget = new FileBudget();
  const content = limited(archive);
  try {
    await (options.kind === 'zip'
      ? unpackZip(content, budget)
      : unpackTar(content, budget, options));
    return budget.files;
  } catch (error) {
    if (error instanceof InputProblemError) throw error;
    throw unreadable(`The archive ${name}`, error);
  }
}

/** Compressed files are not larger than what may come of them. */
async function* limited(archive: Readable): AsyncIterable<Buffer> {
  let size = 0;
  for await (const chunk of archive as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > SNAPSHOT_LIMITS.bytes) throw new Error('it is too large');
    yield chunk;
  }
}
