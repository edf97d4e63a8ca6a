import { Knex } from 'knex';
import { Transaction } from '../database';
import { UNFINISHED_STATES } from '../operations/machine/lifecycle';
import { LeaseTimes } from './schedule';

export interface LeaseRecord {
  environmentId: string;
  grantedAt: Date;
  expiresAt?: Date;
  maxExpiresAt?: Date;
  lastWarningAt?: Date;
  reason: string;
}

interface LeaseRow {
  environment_id: string;
  granted_at: Date;
  expires_at: Date | null;
  max_expires_at: Date | null;
  last_warning_at: Date | null;
  reason: string;
}

export interface LedgerEntry {
  environmentId: string;
  kind: 'grant' | 'expiry' | 'retry' | 'end';
  at: Date;
  actor: string;
  reason: string;
  /** Which rule led to it: `ttl.requested`, `ttl.default`, `lease.expired`, … */
  rule: string;
  expiresBefore?: Date;
  expiresAfter?: Date;
}

/** Leases and their ledger. */
export class LeaseStore {
  async insert(
    tx: Transaction,
    lease: LeaseTimes & {
      environmentId: string;
      grantedAt: Date;
      reason: string;
    },
  ): Promise<void> {
    await tx('leases').insert({
      environment_id: lease.environmentId,
      granted_at: lease.grantedAt,
      expires_at: lease.expiresAt,
      max_expires_at: lease.maxExpiresAt,
      last_warning_at: lease.lastWarningAt,
      on_expiry: 'destroy',
      reason: lease.reason,
    });
  }

  async append(tx: Transaction, entry: LedgerEntry): Promise<void> {
    await tx('lease_entries').insert({
      environment_id: entry.environmentId,
      kind: entry.kind,
      at: entry.at,
      actor: entry.actor,
      reason: entry.reason,
      rule: entry.rule,
      expires_before: entry.expiresBefore,
      expires_after: entry.expiresAfter,
    });
  }

  async get(tx: Transaction, environmentId: string): Promise<LeaseRecord> {
    const row = await tx<LeaseRow>('leases')
      .where({ environment_id: environmentId })
      .first();
    if (!row) throw new Error(`Environment ${environmentId} has no lease`);
    return {
      environmentId: row.environment_id,
      grantedAt: row.granted_at,
      expiresAt: row.expires_at ?? undefined,
      maxExpiresAt: row.max_expires_at ?? undefined,
      lastWarningAt: row.last_warning_at ?? undefined,
      reason: row.reason,
    };
  }

  async end(tx: Transaction, environmentId: string, at: Date): Promise<void> {
    await tx('leases')
      .where({ environment_id: environmentId })
      .update({ ended_at: at });
  }

  /**
   * Environments that are due and free, the longest due first. It is the environments that are
   * locked, as everywhere first; those that somebody else has in hand are left to the next time.
   * One that is busy is due still when it is free, and one whose teardown has failed is tried
   * again by the teardown sweep.
   */
  async lockDue(
    tx: Knex.Transaction,
    now: Date,
    limit: number,
  ): Promise<string[]> {
    const rows: { id: string }[] = await tx('leases as l')
      .join('environments as e', 'e.id', 'l.environment_id')
      .whereNull('l.ended_at')
      .where('l.expires_at', '<=', now)
      .whereNotExists(
        tx('teardowns as t').whereRaw('t.environment_id = l.environment_id'),
      )
      .whereNotExists(
        tx('operations as o')
          .whereRaw('o.environment_id = l.environment_id')
          .whereIn('o.state', UNFINISHED_STATES),
      )
      .orderBy('l.expires_at')
      .limit(limit)
      .select('e.id')
      .forUpdate('e')
      .skipLocked();
    return rows.map(row => row.id);
  }
}
