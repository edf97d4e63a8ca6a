import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import JSZip from 'jszip';

/**
 * A folder as a zip archive, all below one folder of the given name. Its files are read before it
 * answers: the folder may go then.
 */
export async function zipOf(
  folder: string,
  name: string,
  date: Date,
): Promise<Readable> {
  const zip = new JSZip();
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  for (const entry of entries.filter(each => each.isFile())) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(folder, file).split(sep).join('/');
    zip.file(`${name}/${path}`, await readFile(file), {
      date,
      createFolders: false,
    });
  }
  const stream = zip.generateNodeStream({
    compression: 'DEFLATE',
    streamFiles: true,
  });
  // A stream of the library's own, which is none to iterate over.
  return new Readable().wrap(stream);
}
