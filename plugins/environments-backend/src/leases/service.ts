import { Knex } from 'knex';
import { Clock } from '../clock';
import { Transaction } from '../database';
import { leaseTimes, retryAt, TtlGrant } from './schedule';
import { LeaseRecord, LeaseStore } from './store';

/** Acts for nobody but the lease itself. */
export const LEASE_ACTOR = 'system:lease';

/** Leases: when each environment ends, and what happened to that. */
export class LeaseService {
  constructor(
    private readonly options: {
      store: LeaseStore;
      clock: Clock;
      /** From 0 to 1; spreads retries. */
      random: () => number;
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

  /** The environment is destroyed: nothing falls due any more. */
  async end(tx: Knex.Transaction, environmentId: string): Promise<void> {
    const { store, clock } = this.options;
    const now = clock.now();
    await store.end(tx, environmentId, now);
    await store.append(tx, {
      environmentId,
      kind: 'end',
      at: now,
      actor: LEASE_ACTOR,
      reason:
        'The environment is destroyed, and that nothing is left is proven.',
      rule: 'environment.destroyed',
    });
  }

  /** Whoever asked for it: what should be gone and isn't is tried again until it is. */
  async teardownFailed(
    tx: Knex.Transaction,
    environmentId: string,
  ): Promise<void> {
    const { store, clock, random } = this.options;
    const lease = await store.get(tx, environmentId);
    const failedTeardowns = lease.failedTeardowns + 1;
    const now = clock.now();
    const at = retryAt(now, failedTeardowns, random());
    await store.setRetry(tx, environmentId, { at, failedTeardowns });
    await store.append(tx, {
      environmentId,
      kind: 'retry',
      at: now,
      actor: LEASE_ACTOR,
      reason: `Teardown ${failedTeardowns} failed; the next try is at ${at.toISOString()}.`,
      rule: 'teardown.failed',
    });
  }
}
