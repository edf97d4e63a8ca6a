import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathMistake } from '@greenroom/plugin-environments-common';
import { Transaction } from '../database';
import { SnapshotStore } from './store/snapshots';

/**
 * Writes a whole snapshot below a folder, which is made. Again into the same folder ends in the
 * same files. Nothing is ever written outside of it, whatever the database says.
 */
export async function materialise(options: {
  tx: Transaction;
  snapshots: SnapshotStore;
  snapshotDigest: string;
  folder: string;
  signal?: AbortSignal;
}): Promise<void> {
  const { tx, snapshots, snapshotDigest, folder, signal } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for await (const { path, content } of snapshots.read(tx, snapshotDigest)) {
    signal?.throwIfAborted();
    const mistake = pathMistake(path);
    if (mistake)
      throw new Error(`A path of snapshot ${snapshotDigest} ${mistake}`);
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, content, { mode: 0o600 });
  }
}
