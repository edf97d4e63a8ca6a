import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DriverPackageAddress } from '@greenroom/plugin-environments-node';

/** In the component's folder; out of the tool's sight, and no author's file has such a name. */
const PINNED = '.greenroom-modules';

/** Path of the list of what a source was published with. */
export const PINS_FILE = `${PINNED}/pins.json`;

export const LOCK_FILE = '.terraform.lock.hcl';

/** A package of modules that a source was published with. */
export interface PinnedPackage {
  address: DriverPackageAddress;
  /** A commit, or a version. */
  resolved: string;
}

/** What a source was published with. From then on it gets that and nothing else. */
export interface Pins {
  packages: PinnedPackage[];
  /** The lock file beside it names the providers. */
  providers: boolean;
}

/** @returns undefined for a source that is not published yet */
export async function readPins(folder: string): Promise<Pins | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, PINS_FILE), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Where a package lies in the folder of the component that takes it. */
export function pinnedFolder(address: DriverPackageAddress): string {
  const digest = createHash('sha256')
    .update(addressText(address))
    .digest('hex');
  return `${PINNED}/${digest.slice(0, 16)}`;
}

export function addressText(address: DriverPackageAddress): string {
  return JSON.stringify(Object.entries(address).sort());
}
