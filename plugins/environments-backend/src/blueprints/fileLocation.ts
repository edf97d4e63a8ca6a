import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import {
  BLUEPRINT_LIMITS,
  BlueprintDocument,
  isIgnored,
  SNAPSHOT_LIMITS,
  sourceRoots,
} from '@greenroom/plugin-environments-common';
import { InputProblemError } from '../errors';
import { FileBudget, unreadable } from './fileBudget';
import { BlueprintLocation, SnapshotFile } from './types';

/** A blueprint on the disk of this machine, within the folders that the configuration names. */
export class FileLocation implements BlueprintLocation {
  constructor(
    private readonly path: string,
    private readonly roots: string[],
  ) {}

  async readText(): Promise<string> {
    const file = await this.#document();
    return (await readFully(file, BLUEPRINT_LIMITS.documentBytes)).toString(
      'utf8',
    );
  }

  async readFiles(document: BlueprintDocument): Promise<SnapshotFile[]> {
    const folder = dirname(await this.#document());
    const budget = new FileBudget();
    for (const root of sourceRoots(document)) {
      await collect(folder, root, budget);
    }
    return budget.files;
  }

  /** The document's real path, within one of the roots. */
  async #document(): Promise<string> {
    const path = resolve(this.path);
    let real: string;
    try {
      real = await realpath(path);
    } catch (error) {
      throw unreadable(path, error);
    }
    for (const root of this.roots) {
      const realRoot = await realpath(root).catch(() => undefined);
      if (realRoot && real.startsWith(realRoot + sep)) return real;
    }
    throw new InputProblemError({
      code: 'blueprint.location.forbidden',
      message: `The blueprint at ${path} lies outside of the folders that blueprints may be read from.`,
      remedy:
        'Add its folder to environments.blueprints.fileRoots in the configuration, or register it by a url.',
    });
  }
}

async function collect(
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
      await collect(folder, path ? `${path}/${name}` : name, budget);
    }
  } else if (stat.isFile()) {
    budget.spend(path, await readFully(full, SNAPSHOT_LIMITS.fileBytes));
  }
}

/** At most one byte past the limit: enough for the check to see that it is too large. */
async function readFully(path: string, limit: number): Promise<Buffer> {
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
