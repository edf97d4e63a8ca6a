import { Transaction } from '../database';
import { LeaseEntry } from './entry';

interface EntryRow {
  id: string;
  environment_id: string;
  kind: LeaseEntry['kind'];
  at: Date;
  actor: string;
  reason: string;
  rule: string;
  expires_before: Date | null;
  expires_after: Date | null;
  detail: LeaseEntry['detail'];
}

/** An entry as it stands in the ledger. */
export type StoredEntry = LeaseEntry & { id: string };

/** Reads ledgers. */
export class LedgerStore {
  /** Whole ledgers by environment, each oldest first. */
  async ledgers(
    tx: Transaction,
    environmentIds: string[],
  ): Promise<Map<string, StoredEntry[]>> {
    const rows = await tx<EntryRow>('lease_entries')
      .whereIn('environment_id', environmentIds)
      .orderBy(['environment_id', 'id']);
    const ledgers = new Map<string, StoredEntry[]>();
    for (const row of rows) {
      const ledger = ledgers.get(row.environment_id) ?? [];
      ledgers.set(row.environment_id, [...ledger, toEntry(row)]);
    }
    return ledgers;
  }
}

function toEntry(row: EntryRow): StoredEntry {
  const entry = {
    id: row.id,
    kind: row.kind,
    at: row.at,
    actor: row.actor,
    reason: row.reason,
    rule: row.rule,
    expiresBefore: row.expires_before ?? undefined,
    expiresAfter: row.expires_after ?? undefined,
    detail: row.detail,
  };
  // The row was written from an entry, and is never changed.
  return entry as StoredEntry;
}
