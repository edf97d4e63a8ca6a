import { realpath } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import {
  BLUEPRINT_LIMITS,
  BlueprintDocument,
  sourceRoots,
} from '@greenroom/plugin-environments-common';
import { InputProblemError } from '../errors';
import { FileBudget, unreadable } from './fileBudget';
import { readBelow, readFully } from './sources/folderFiles';
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
      await readBelow(folder, root, budget);
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
