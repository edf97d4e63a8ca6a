import { Transaction } from '../../database';
import { PackageRecord } from '../types';

interface PackageRow {
  address: string;
  snapshot_digest: string;
  resolved: string;
  asked_at: Date;
}

/** What was fetched last from each address, so that the same is not fetched again. */
export class PackageStore {
  async find(
    tx: Transaction,
    address: string,
  ): Promise<PackageRecord | undefined> {
    const row = await tx<PackageRow>('source_packages')
      .where({ address })
      .first();
    return (
      row && {
        address: row.address,
        snapshotDigest: row.snapshot_digest,
        resolved: row.resolved,
        askedAt: row.asked_at,
      }
    );
  }

  async write(tx: Transaction, found: PackageRecord): Promise<void> {
    await tx<PackageRow>('source_packages')
      .insert({
        address: found.address,
        snapshot_digest: found.snapshotDigest,
        resolved: found.resolved,
        asked_at: found.askedAt,
      })
      .onConflict('address')
      .merge();
  }
}
