import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';
import { isIgnored } from '@greenroom/plugin-environments-common';
import { FileBudget } from '../fileBudget';
import { readBelow } from './folderFiles';

/** Reads a compressed tar archive into the budget, by way of a folder that is gone afterwards. */
export async function unpackTar(
  archive: AsyncIterable<Buffer>,
  budget: FileBudget,
  { workDirectory }: { workDirectory: string },
): Promise<void> {
  await mkdir(workDirectory, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(workDirectory, 'source-'));
  const links: string[] = [];
  try {
    await pipeline(
      archive,
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
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
