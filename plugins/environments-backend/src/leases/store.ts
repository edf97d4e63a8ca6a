import { Knex } from 'knex';
import { LeaseStage, OnExpiry } from '@greenroom/plugin-environments-common';
import { momentOf } from '../clock';
import { Transaction } from '../database';
import { UNFINISHED_STATES } from '../operations/machine/lifecycle';
import { LeaseEntry } from './entry';
import { Window } from './brake/leap';
import { Following, LeaseProjection } from './ledger';

/** A row of the table of leases. */
export interface LeaseRow {
  environment_id: string;
  granted_at: Date;
  stage: LeaseStage;
  expires_at: Date | null;
  max_expires_at: Date | null;
  last_warning_at: Date | null;
  warned_up_to: Date;
  next_warning_at: Date | null;
  due_at: Date | null;
  on_expiry: OnExpiry;
  grace_seconds: number | null;
  grace_ends_at: Date | null;
  warn_before_seconds: number[];
  extensions_used: number;
  hold: Stored<{ until: string }> | null;
  protection: Stored | null;
  reason: string;
  rule: string;
  ended_at: Date | null;
  last_entry_at: Date;
  revision: number;
}

/** A lease that the sweep has to look at. */
export interface DueLease {
  environmentId: string;
  lease: LeaseProjection;
}

/** What is due up to a moment. */
export interface DueQuery {
  upTo: Date;
  /** Left alone. */
  except?: string[];
  /** What falls due in these waits for a word. */
  held?: Window[];
}

/** A lease with whose it is. */
export interface NamedLease extends DueLease {
  environmentName: string;
}

/** The caller's own name for a request, and a digest of both. */
export interface RequestKey {
  key: string;
  digest: string;
}

/** An entry as it stands in the ledger. */
export type StoredEntry = LeaseEntry & { id: string };

/** A safeguard as JSON holds it. */
type Stored<More = unknown> = {
  by: string;
  reason: string;
  since: string;
} & More;

/** Leases and their ledger: the row of a lease is never written without the entry that made it so. */
export class LeaseStore {
  async begin(
    tx: Transaction,
    environmentId: string,
    entry: LeaseEntry,
    lease: LeaseProjection,
  ): Promise<void> {
    await this.#append(tx, environmentId, [entry]);
    await tx('leases').insert({
      environment_id: environmentId,
      ...toRow(lease),
    });
  }

  async change(
    tx: Transaction,
    environmentId: string,
    { entries, lease }: Following,
    key?: RequestKey,
  ): Promise<StoredEntry[]> {
    const stored = await this.#append(tx, environmentId, entries, key);
    await tx('leases')
      .where({ environment_id: environmentId })
      .update(toRow(lease));
    return stored;
  }

  async get(tx: Transaction, environmentId: string): Promise<LeaseProjection> {
    return this.#one(environmentId, tx<LeaseRow>('leases'));
  }

  /** By the ids of their environments. */
  async many(
    tx: Transaction,
    environmentIds: string[],
  ): Promise<Map<string, LeaseProjection>> {
    const rows: LeaseRow[] = await tx('leases').whereIn(
      'environment_id',
      environmentIds,
    );
    return new Map(rows.map(row => [row.environment_id, toProjection(row)]));
  }

  /** In the order of their environments' ids, from behind that one on. */
  async page(
    tx: Transaction,
    { after, limit }: { after?: string; limit: number },
  ): Promise<NamedLease[]> {
    const query = tx('leases as l')
      .join('environments as e', 'e.id', 'l.environment_id')
      .orderBy('l.environment_id')
      .limit(limit)
      .select('l.*', 'e.name');
    if (after !== undefined) query.where('l.environment_id', '>', after);
    const rows: (LeaseRow & { name: string })[] = await query;
    return rows.map(row => ({
      environmentId: row.environment_id,
      environmentName: row.name,
      lease: toProjection(row),
    }));
  }

  /** One that nobody else changes until the transaction ends. After the lock of its environment. */
  async lock(
    tx: Knex.Transaction,
    environmentId: string,
  ): Promise<LeaseProjection> {
    return this.#one(environmentId, tx<LeaseRow>('leases').forUpdate());
  }

  /**
   * Environments whose lease is due and that are free, in the order in which to end them: owners
   * take turns, so that nobody waits for all of another's. One that is busy is due still when it
   * is free. It is one look into an index where nothing is due.
   */
  async dueInTurns(
    tx: Transaction,
    due: DueQuery & { limit: number },
  ): Promise<string[]> {
    const turns = dueAndFree(tx, due).select(
      'l.environment_id',
      'l.due_at',
      tx.raw(
        'row_number() OVER (PARTITION BY e.owner_ref ORDER BY l.due_at) AS turn',
      ),
    );
    return tx
      .from(turns.as('turns'))
      .orderBy(['turn', 'due_at', 'environment_id'])
      .limit(due.limit)
      .pluck('environment_id');
  }

  /**
   * Those of them that are due and free still. It is the environments that are locked, as
   * everywhere first, and the leases, since one that was extended between looking and locking is
   * due no more; those that somebody else has in hand are left out.
   */
  async lockDue(
    tx: Knex.Transaction,
    due: DueQuery,
    environmentIds: string[],
  ): Promise<DueLease[]> {
    const rows: LeaseRow[] = await dueAndFree(tx, due)
      .whereIn('l.environment_id', environmentIds)
      .orderByRaw('array_position(?::uuid[], l.environment_id)', [
        environmentIds,
      ])
      .select('l.*')
      .forUpdate('e', 'l')
      .skipLocked();
    return rows.map(row => ({
      environmentId: row.environment_id,
      lease: toProjection(row),
    }));
  }

  async #one(
    environmentId: string,
    query: Knex.QueryBuilder<LeaseRow>,
  ): Promise<LeaseProjection> {
    const row: LeaseRow | undefined = await query
      .where({ environment_id: environmentId })
      .first();
    if (!row) throw new Error(`Environment ${environmentId} has no lease`);
    return toProjection(row);
  }

  async #append(
    tx: Transaction,
    environmentId: string,
    entries: LeaseEntry[],
    key?: RequestKey,
  ): Promise<StoredEntry[]> {
    const rows: { id: string }[] = await tx('lease_entries')
      .insert(
        entries.map((entry, index) => ({
          environment_id: environmentId,
          kind: entry.kind,
          at: entry.at,
          actor: entry.actor,
          reason: entry.reason,
          rule: entry.rule,
          expires_before: entry.expiresBefore,
          expires_after: entry.expiresAfter,
          detail: JSON.stringify(entry.detail),
          // One key, one row: the others are found by the digest.
          idempotency_key: index === 0 ? key?.key : undefined,
          request_digest: key?.digest,
        })),
      )
      .returning('id');
    return entries.map((entry, index) => ({ ...entry, id: rows[index].id }));
  }
}

function dueAndFree(
  tx: Transaction,
  { upTo, except = [], held = [] }: DueQuery,
): Knex.QueryBuilder {
  const query = tx('leases as l')
    .join('environments as e', 'e.id', 'l.environment_id')
    .where('l.due_at', '<=', upTo)
    .whereNotIn('l.environment_id', except)
    .whereNotExists(
      tx('operations as o')
        .whereRaw('o.environment_id = l.environment_id')
        .whereIn('o.state', UNFINISHED_STATES),
    );
  for (const { after, until } of held) {
    query.whereRaw('NOT (l.due_at > ? AND l.due_at <= ?)', [after, until]);
  }
  return query;
}

function toRow(lease: LeaseProjection): Omit<
  LeaseRow,
  'environment_id' | 'hold' | 'protection'
> & {
  hold: string | null;
  protection: string | null;
} {
  return {
    granted_at: lease.grantedAt,
    stage: lease.stage,
    expires_at: lease.expiresAt ?? null,
    max_expires_at: lease.maxExpiresAt ?? null,
    last_warning_at: lease.lastWarningAt ?? null,
    warned_up_to: lease.warnedUpTo,
    next_warning_at: lease.nextWarningAt ?? null,
    due_at: lease.dueAt ?? null,
    on_expiry: lease.onExpiry,
    grace_seconds: lease.graceSeconds ?? null,
    grace_ends_at: lease.graceEndsAt ?? null,
    warn_before_seconds: lease.warnBeforeSeconds,
    extensions_used: lease.extensionsUsed,
    hold: lease.hold ? JSON.stringify(lease.hold) : null,
    protection: lease.protection ? JSON.stringify(lease.protection) : null,
    reason: lease.reason,
    rule: lease.rule,
    ended_at: lease.endedAt ?? null,
    last_entry_at: lease.lastEntryAt,
    revision: lease.revision,
  };
}

export function toProjection(row: LeaseRow): LeaseProjection {
  return {
    grantedAt: row.granted_at,
    stage: row.stage,
    expiresAt: row.expires_at ?? undefined,
    maxExpiresAt: row.max_expires_at ?? undefined,
    lastWarningAt: row.last_warning_at ?? undefined,
    warnedUpTo: row.warned_up_to,
    nextWarningAt: row.next_warning_at ?? undefined,
    dueAt: row.due_at ?? undefined,
    onExpiry: row.on_expiry,
    graceSeconds: row.grace_seconds ?? undefined,
    graceEndsAt: row.grace_ends_at ?? undefined,
    warnBeforeSeconds: row.warn_before_seconds,
    extensionsUsed: row.extensions_used,
    hold: row.hold
      ? { ...toSafeguard(row.hold), until: momentOf(row.hold.until) }
      : undefined,
    protection: row.protection ? toSafeguard(row.protection) : undefined,
    reason: row.reason,
    rule: row.rule,
    endedAt: row.ended_at ?? undefined,
    lastEntryAt: row.last_entry_at,
    revision: row.revision,
  };
}

function toSafeguard({ by, reason, since }: Stored) {
  return { by, reason, since: momentOf(since) };
}
