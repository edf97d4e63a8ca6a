import { Knex } from 'knex';
import {
  OnExpiry,
  OperationCause,
} from '@greenroom/plugin-environments-common';
import { addSeconds, Clock } from '../clock';
import { Transaction } from '../database';
import { EntryDraft, GrantEntry } from './entry';
import { applyEntry, begin, LeaseProjection, nextEntry } from './ledger';
import { LeaseStore } from './store';

/** Acts for nobody but the lease itself. */
export const LEASE_ACTOR = 'system:lease';

/** What a request and its rules say about how long an environment lives. */
export interface TtlGrant {
  /** Absent: it does not expire. */
  seconds?: number;
  maxSeconds?: number;
  warnBeforeSeconds: number[];
  onExpiry: OnExpiry;
  /** Between the pause at its expiry and its end. */
  graceSeconds?: number;
}

type Why = Pick<EntryDraft, 'actor' | 'reason' | 'rule'>;

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
    grant: TtlGrant & Why & { environmentId: string },
  ): Promise<void> {
    const { store, clock } = this.options;
    const { environmentId, actor, reason, rule, seconds, maxSeconds } = grant;
    const at = clock.now();
    const entry: GrantEntry = {
      kind: 'grant',
      at,
      actor,
      reason,
      rule,
      expiresAfter: after(at, seconds),
      detail: {
        maxExpiresAt: after(at, maxSeconds)?.toISOString(),
        warnBeforeSeconds: grant.warnBeforeSeconds,
        onExpiry: grant.onExpiry,
        graceSeconds: grant.graceSeconds,
      },
    };
    await store.begin(tx, environmentId, entry, begin(entry));
  }

  async get(tx: Transaction, environmentId: string): Promise<LeaseProjection> {
    return this.options.store.get(tx, environmentId);
  }

  /** Its time is up; why is for the operation that follows. */
  async expire(
    tx: Knex.Transaction,
    environmentId: string,
  ): Promise<OperationCause> {
    const { reason } = await this.get(tx, environmentId);
    const cause: OperationCause = {
      code: 'lease.expired',
      message: `Its time was up: ${reason}.`,
    };
    await this.#record(tx, environmentId, {
      kind: 'expiry',
      actor: LEASE_ACTOR,
      reason: cause.message,
      rule: cause.code,
      detail: { then: 'destroy' },
    });
    return cause;
  }

  /** Nothing of the environment falls due any more. */
  async end(
    tx: Knex.Transaction,
    environmentId: string,
    why: Why,
  ): Promise<void> {
    await this.#record(tx, environmentId, { kind: 'end', ...why, detail: {} });
  }

  /** What should be gone and isn't is tried again, and not by its lease. */
  async noteRetry(
    tx: Knex.Transaction,
    environmentId: string,
    why: Why,
  ): Promise<void> {
    await this.#record(tx, environmentId, {
      kind: 'retry',
      ...why,
      detail: {},
    });
  }

  /** What should have been gone is to stay: its lease goes on where it was. */
  async revive(
    tx: Knex.Transaction,
    environmentId: string,
    why: Why,
  ): Promise<void> {
    await this.#record(tx, environmentId, {
      kind: 'revive',
      ...why,
      detail: {},
    });
  }

  /** Its schedule let it sleep or woke it, which moves no expiry. */
  async noteSleep(
    tx: Knex.Transaction,
    environmentId: string,
    draft: Extract<EntryDraft, { kind: 'pause' | 'wake' }>,
  ): Promise<void> {
    await this.#record(tx, environmentId, draft);
  }

  /** The expiry stays, unless the entry says another. */
  async #record(
    tx: Knex.Transaction,
    environmentId: string,
    draft: EntryDraft,
  ): Promise<LeaseProjection> {
    const { store, clock } = this.options;
    const lease = await store.lock(tx, environmentId);
    const entry = nextEntry(
      lease,
      { expiresAfter: lease.expiresAt, ...draft },
      clock.now(),
    );
    const next = applyEntry(lease, entry);
    await store.change(tx, environmentId, entry, next);
    return next;
  }
}

function after(moment: Date, seconds: number | undefined): Date | undefined {
  return seconds === undefined ? undefined : addSeconds(moment, seconds);
}
