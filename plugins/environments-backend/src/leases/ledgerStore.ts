import { Transaction, violatesUnique } from '../database';
import { LeaseEntry } from './entry';
import { StoredEntry } from './store';

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
  idempotency_key: string | null;
  request_digest: string | null;
}

const KEY_INDEX = 'lease_entries_actor_idempotency_key_unique';

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

  /** Newest first, from below that entry on. */
  async page(
    tx: Transaction,
    environmentId: string,
    { below, limit }: { below?: string; limit: number },
  ): Promise<StoredEntry[]> {
    const query = tx<EntryRow>('lease_entries')
      .where({ environment_id: environmentId })
      .orderBy('id', 'desc')
      .limit(limit);
    if (below !== undefined) query.where('id', '<', below);
    return (await query).map(toEntry);
  }

  /** When there was an entry of some kinds last; undefined: never. */
  async lastAt(
    tx: Transaction,
    environmentId: string,
    kinds: LeaseEntry['kind'][],
  ): Promise<Date | undefined> {
    const last = await tx<EntryRow>('lease_entries')
      .where({ environment_id: environmentId })
      .whereIn('kind', kinds)
      .orderBy('id', 'desc')
      .first('at');
    return last?.at;
  }

  /** What an earlier request of that caller under that key has written; undefined: there was none. */
  async byKey(
    tx: Transaction,
    actor: string,
    key: string,
  ): Promise<{ digest: string; entries: StoredEntry[] } | undefined> {
    const first = await tx<EntryRow>('lease_entries')
      .where({ actor, idempotency_key: key })
      .first();
    if (!first?.request_digest) return undefined;
    const { environment_id, request_digest: digest } = first;
    const rows = await tx<EntryRow>('lease_entries')
      .where({ environment_id, actor, request_digest: digest })
      .where('id', '>=', first.id)
      .orderBy('id');
    return { digest, entries: rows.map(toEntry) };
  }
}

/** Whether somebody else was first with the key: look again for what they wrote. */
export function isLeaseKeyTaken(error: unknown): boolean {
  return violatesUnique(error, KEY_INDEX);
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
