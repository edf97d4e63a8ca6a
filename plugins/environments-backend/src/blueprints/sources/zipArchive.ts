import { constants } from 'node:fs';
import { posix } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Entry, fromBufferPromise } from 'yauzl';
import { isIgnored } from '@greenroom/plugin-environments-common';
import { FileBudget } from '../fileBudget';

/**
 * Reads a zip archive into the budget, in memory: its list of files is at its end. The library
 * refuses paths that lead out, and files that are larger than their entry says.
 */
export async function unpackZip(
  archive: AsyncIterable<Buffer>,
  budget: FileBudget,
): Promise<void> {
  const zip = await fromBufferPromise(await buffer(archive), {
    strictFileNames: true,
  });
  const seen = new Set<string>();
  for await (const entry of zip.eachEntry()) {
    const { fileName, uncompressedSize } = entry;
    // One file has one path, as when it is unpacked into a folder.
    const path = posix.normalize(fileName);
    if (path.endsWith('/') || isIgnored(path)) continue;
    if (isLink(entry)) {
      throw new Error(`it holds the link ${path}; links are not kept`);
    }
    if (seen.has(path)) throw new Error(`it holds ${path} twice`);
    seen.add(path);
    // Before anything is unpacked: what a small archive says it holds may be without end.
    if (!budget.reserve(uncompressedSize)) budget.check();
    budget.spend(path, await buffer(await zip.openReadStreamPromise(entry)));
  }
}

/** By the mode that archivers on Unix keep beside a file. */
function isLink({ externalFileAttributes }: Entry): boolean {
  const mode = externalFileAttributes >>> 16;
  return (mode & constants.S_IFMT) === constants.S_IFLNK;
}
