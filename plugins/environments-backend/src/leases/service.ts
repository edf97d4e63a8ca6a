import { Knex } from 'knex';
import { Clock } from '../clock';
import { Transaction } from '../database';
import { leaseTimes, TtlGrant } from './schedule';
import { LeaseRecord, LeaseStore, LedgerEntry } from './store';

/** Acts for nobody but the lease itself. */
export const LEASE_ACTOR = 'system:lease';

/** Leases: when each environment ends, and what happened to that. */
export class LeaseService {
  constructor(
    private readonly options: {
      store: LeaseStore;
      clock: Clock;
    },
  ) {}

  async grant(
    tx: Knex.Transaction,
    grant: TtlGrant & {
      environmentId: string;
      actor: string;
      reason: string;
      rule: string;
    },
  ): Promise<void> {
    const { store, clock } = this.options;
    const { environmentId, actor, reason, rule } = grant;
    const now = clock.now();
    const times = leaseTimes(now, grant);
    await store.insert(tx, {
      ...times,
      environmentId,
      grantedAt: now,
      reason,
    });
    await store.append(tx, {
      environmentId,
      kind: 'grant',
      at: now,
      actor,
      reason,
      rule,
      expiresAfter: times.expiresAt,
    });
  }

  async get(tx: Transaction, environmentId: string): Promise<LeaseRecord> {
    return this.options.store.get(tx, environmentId);
  }

  /** Nothing of the environment falls due any more. */
  async end(
    tx: Knex.Transaction,
    environmentId: string,
    why: Pick<LedgerEntry, 'actor' | 'reason' | 'rule'>,
  ): Promise<void> {
    const { store, clock } = this.options;
    const now = clock.now();
    await store.end(tx, environmentId, now);
    await store.append(tx, { environmentId, kind: 'end', at: now, ...why });
  }

  /** What should be gone and isn't is tried again. */
  async noteRetry(
    tx: Knex.Transaction,
    environmentId: string,
    why: Pick<LedgerEntry, 'actor' | 'reason' | 'rule'>,
  ): Promise<void> {
    const { store, clock } = this.options;
    const at = clock.now();
    await store.append(tx, { environmentId, kind: 'retry', at, ...why });
  }
}
