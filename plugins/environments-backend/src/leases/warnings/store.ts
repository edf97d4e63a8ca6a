import { Knex } from 'knex';
import { LeaseStage, OnExpiry } from '@greenroom/plugin-environments-common';
import { addSeconds } from '../../clock';
import { Transaction } from '../../database';

/** A warning that fell due. */
export interface DueWarning {
  environmentId: string;
  /** Which entry of the ledger it is. */
  revision: number;
  beforeSeconds: number;
  endsAt: Date;
}

/** A warning that nobody was told of yet, with its environment as it is now. */
export interface UntoldWarning extends DueWarning {
  environmentName: string;
  owner: string;
  createdBy: string;
  stage: LeaseStage;
  /** It stays when its time is up. */
  isProtected: boolean;
  /** When the lease falls due now. */
  dueAt?: Date;
  expiresAt?: Date;
  onExpiry: OnExpiry;
  graceSeconds?: number;
  /** Why it expires when it does. */
  reason: string;
  components: number;
  resources: number;
  /** Attempts to tell it that failed. */
  tellFailures: number;
}

interface UntoldRow {
  environment_id: string;
  revision: number;
  before_seconds: number;
  ends_at: Date;
  tell_failures: number;
  name: string;
  owner_ref: string;
  created_by: string;
  stage: LeaseStage;
  is_protected: boolean;
  due_at: Date | null;
  expires_at: Date | null;
  on_expiry: OnExpiry;
  grace_seconds: number | null;
  reason: string;
  components: string;
  resources: string | null;
}

/** Longer than any attempt to tell takes: who dies in the midst leaves it to others then. */
const TELLING_SECONDS = 60;

/** Warnings that are due, and that are to be told. */
export class WarningStore {
  /**
   * Environments of which a warning is due, the longest due first, locked as for any change of
   * their lease. Busy ones are warned of as well, but none that goes already, nor one whose end has
   * come.
   */
  async lockDue(
    tx: Knex.Transaction,
    now: Date,
    { limit, except = [] }: { limit: number; except?: string[] },
  ): Promise<string[]> {
    const rows: { id: string }[] = await tx('leases as l')
      .join('environments as e', 'e.id', 'l.environment_id')
      .where('l.next_warning_at', '<=', now)
      .where('l.due_at', '>', now)
      .whereNotIn('l.environment_id', except)
      .whereNotIn('e.state', ['destroying', 'destroyed'])
      .orderBy('l.next_warning_at')
      .limit(limit)
      .select('e.id')
      .forUpdate('e', 'l')
      .skipLocked();
    return rows.map(row => row.id);
  }

  async add(tx: Transaction, warning: DueWarning, tellAt: Date): Promise<void> {
    await tx('lease_warnings').insert({
      environment_id: warning.environmentId,
      revision: warning.revision,
      before_seconds: warning.beforeSeconds,
      ends_at: warning.endsAt,
      tell_at: tellAt,
    });
  }

  /** Warnings that somebody must be told of; others leave them alone for a minute. */
  async takeUntold(
    tx: Transaction,
    now: Date,
    limit: number,
  ): Promise<UntoldWarning[]> {
    const due = tx('lease_warnings')
      .where('tell_at', '<=', now)
      .orderBy('tell_at')
      .limit(limit)
      .select('environment_id', 'revision')
      .forUpdate()
      .skipLocked();
    const rows: UntoldRow[] = await tx
      .with('taken', taken =>
        taken
          .from('lease_warnings')
          .whereIn(['environment_id', 'revision'], due)
          .update({ tell_at: addSeconds(now, TELLING_SECONDS) })
          .returning('*'),
      )
      .from('taken as w')
      .join('environments as e', 'e.id', 'w.environment_id')
      .join('leases as l', 'l.environment_id', 'w.environment_id')
      .select(
        'w.*',
        'e.name',
        'e.owner_ref',
        'e.created_by',
        'l.stage',
        tx.raw('l.protection IS NOT NULL AS is_protected'),
        'l.due_at',
        'l.expires_at',
        'l.on_expiry',
        'l.grace_seconds',
        'l.reason',
        tx('environment_components as c')
          .whereRaw('c.environment_id = w.environment_id')
          .where('c.apply_begun', true)
          .count()
          .as('components'),
        tx('environment_components as c')
          .whereRaw('c.environment_id = w.environment_id')
          .sum(tx.raw('jsonb_array_length(c.resources)'))
          .as('resources'),
      );
    return rows.map(toUntold);
  }

  /** @returns false when somebody else has done so before */
  async remove(
    tx: Transaction,
    { environmentId, revision }: DueWarning,
  ): Promise<boolean> {
    const removed = await tx('lease_warnings')
      .where({ environment_id: environmentId, revision })
      .delete();
    return removed > 0;
  }

  async tellLater(
    tx: Transaction,
    { environmentId, revision }: DueWarning,
    at: Date,
  ): Promise<void> {
    await tx('lease_warnings')
      .where({ environment_id: environmentId, revision })
      .update({ tell_at: at })
      .increment('tell_failures');
  }
}

function toUntold(row: UntoldRow): UntoldWarning {
  return {
    environmentId: row.environment_id,
    revision: row.revision,
    beforeSeconds: row.before_seconds,
    endsAt: row.ends_at,
    environmentName: row.name,
    owner: row.owner_ref,
    createdBy: row.created_by,
    stage: row.stage,
    isProtected: row.is_protected,
    dueAt: row.due_at ?? undefined,
    expiresAt: row.expires_at ?? undefined,
    onExpiry: row.on_expiry,
    graceSeconds: row.grace_seconds ?? undefined,
    reason: row.reason,
    components: Number(row.components),
    resources: Number(row.resources ?? 0),
    tellFailures: row.tell_failures,
  };
}
