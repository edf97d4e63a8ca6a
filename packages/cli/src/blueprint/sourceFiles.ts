import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BlueprintDocument,
  isIgnored,
  missingSources,
  ParsedBlueprint,
  Problem,
  SNAPSHOT_LIMITS,
  snapshotProblems,
  sourceRoots,
} from '@greenroom/plugin-environments-common';
import { readAtMost } from './readAtMost';

export interface OwnFile {
  /** Relative to the blueprint, with slashes. */
  path: string;
  content: Buffer;
}

/** Everything that is published with a document, and what keeps it from being so. */
export async function readSources(
  folder: string,
  document: BlueprintDocument,
  placeOf: ParsedBlueprint['placeOf'],
): Promise<{ files: OwnFile[]; problems: Problem[] }> {
  const files: OwnFile[] = [];
  const problems: Problem[] = [];
  const collect = async (path: string): Promise<void> => {
    // A folder that is far too large is not read to its end.
    if (files.length > SNAPSHOT_LIMITS.files || isIgnored(path)) return;
    const full = join(folder, path);
    const stat = await lstat(full).catch(() => undefined);
    if (stat?.isSymbolicLink()) {
      problems.push({
        code: 'blueprint.file.link',
        message: `${path} is a symbolic link; links are not kept.`,
        place: { file: path },
        remedy: 'Put the file itself in its place.',
      });
    } else if (stat?.isDirectory()) {
      for (const name of (await readdir(full)).sort()) {
        await collect(path ? `${path}/${name}` : name);
      }
    } else if (stat?.isFile()) {
      // Enough of it to see that it is too large.
      const content = await readAtMost(full, SNAPSHOT_LIMITS.fileBytes + 1);
      files.push({ path, content });
    }
  };
  for (const root of sourceRoots(document)) await collect(root);
  return {
    files,
    problems: [
      ...missingSources(document, placeOf, files),
      ...problems,
      ...snapshotProblems(files),
    ],
  };
}
