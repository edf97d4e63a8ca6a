import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isBelow, pathMistake } from '@greenroom/plugin-environments-common';
import { Transaction } from '../database';
import { SnapshotStore } from './store/snapshots';
import { SnapshotFile } from './types';

/**
 * Writes a whole snapshot below a folder, which is made. Again into the same folder ends in the
 * same files. Nothing is ever written outside of it, whatever the database says.
 */
export async function materialise(options: {
  tx: Transaction;
  snapshots: SnapshotStore;
  snapshotDigest: string;
  folder: string;
  /** Only what lies in this folder of the snapshot; absent: everything. */
  below?: string;
  signal?: AbortSignal;
}): Promise<void> {
  const { tx, snapshots, snapshotDigest, folder, signal } = options;
  const { below = '' } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for await (const file of snapshots.read(tx, snapshotDigest)) {
    signal?.throwIfAborted();
    if (isBelow(file.path, below)) await writeBelow(folder, file);
  }
}

/** Writes one file of a snapshot below a folder, whatever its path says. */
export async function writeBelow(
  folder: string,
  { path, content }: SnapshotFile,
): Promise<void> {
  const mistake = pathMistake(path);
  if (mistake) throw new Error(`The path ${path} of a snapshot ${mistake}`);
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, content, { mode: 0o600 });
}
