import { Transaction } from '../../database';
import { Snapshot, SnapshotEntry, SnapshotFile } from '../types';

/** Files per query: bounds what is in memory at once. */
const BATCH = 100;

/** Trees of files by content; nothing in here is ever changed. */
export class SnapshotStore {
  /**
   * Writes what is not there yet. The same snapshot again is the same snapshot. Files without
   * content must be part of another one already.
   */
  async write(tx: Transaction, snapshot: Snapshot, now: Date): Promise<void> {
    const inserted = await tx('snapshots')
      .insert({
        digest: snapshot.digest,
        size: snapshot.size,
        file_count: snapshot.files.length,
        created_at: now,
      })
      .onConflict('digest')
      .ignore()
      .returning('digest');
    if (inserted.length === 0) return;

    // In one order for everybody: two writers of the same blobs wait, and never for each other.
    const blobs = [
      ...new Map(
        snapshot.files
          .filter(({ content }) => content !== undefined)
          .map(file => [file.blobDigest, file]),
      ).values(),
    ].sort((a, b) => (a.blobDigest < b.blobDigest ? -1 : 1));
    for (let at = 0; at < blobs.length; at += BATCH) {
      await tx('blobs')
        .insert(
          blobs.slice(at, at + BATCH).map(({ blobDigest, size, content }) => ({
            digest: blobDigest,
            size,
            content,
          })),
        )
        .onConflict('digest')
        .ignore();
    }
    for (let at = 0; at < snapshot.files.length; at += BATCH) {
      await tx('snapshot_files').insert(
        snapshot.files.slice(at, at + BATCH).map(({ path, blobDigest }) => ({
          snapshot_digest: snapshot.digest,
          path,
          blob_digest: blobDigest,
        })),
      );
    }
  }

  /** Paths with the digests of their contents, by path. */
  async listing(tx: Transaction, digest: string): Promise<Map<string, string>> {
    const rows: { path: string; blob_digest: string }[] = await tx(
      'snapshot_files',
    )
      .where({ snapshot_digest: digest })
      .orderBy('path')
      .select('path', 'blob_digest');
    return new Map(rows.map(row => [row.path, row.blob_digest]));
  }

  /** All files without their contents, by path. */
  async entries(tx: Transaction, digest: string): Promise<SnapshotEntry[]> {
    return tx('snapshot_files as f')
      .join('blobs as b', 'b.digest', 'f.blob_digest')
      .where('f.snapshot_digest', digest)
      .orderBy('f.path')
      .select('f.path', 'b.size', { blobDigest: 'f.blob_digest' });
  }

  /** Sizes by digest, with the contents of those that are no larger than asked for. */
  async contents(
    tx: Transaction,
    digests: string[],
    maxBytes: number,
  ): Promise<Map<string, { size: number; content?: Buffer }>> {
    const files = new Map<string, { size: number; content?: Buffer }>();
    for (let at = 0; at < digests.length; at += BATCH) {
      const rows: { digest: string; size: number; content: Buffer | null }[] =
        await tx('blobs')
          .whereIn('digest', digests.slice(at, at + BATCH))
          .select(
            'digest',
            'size',
            tx.raw('CASE WHEN size <= ? THEN content END AS content', [
              maxBytes,
            ]),
          );
      for (const { digest, size, content } of rows) {
        files.set(digest, { size, content: content ?? undefined });
      }
    }
    return files;
  }

  /** All files, a batch at a time. */
  async *read(tx: Transaction, digest: string): AsyncGenerator<SnapshotFile> {
    const paths = [...(await this.listing(tx, digest)).keys()];
    for (let at = 0; at < paths.length; at += BATCH) {
      const rows: SnapshotFile[] = await tx('snapshot_files as f')
        .join('blobs as b', 'b.digest', 'f.blob_digest')
        .where('f.snapshot_digest', digest)
        .whereIn('f.path', paths.slice(at, at + BATCH))
        .select('f.path', 'b.content');
      yield* rows;
    }
  }
}
