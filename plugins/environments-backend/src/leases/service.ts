import { Knex } from 'knex';
import {
  BlueprintDocument,
  blueprintTtl,
  LeaseRules,
  OnExpiry,
} from '@greenroom/plugin-environments-common';
import { addSeconds, Clock } from '../clock';
import { Transaction } from '../database';
import { RuleSubject } from '../environments/match';
import { EnvironmentRecord } from '../environments/types';
import { EntryDraft, GrantEntry, WarningDetail } from './entry';
import { EnvironmentProtectedError } from './errors';
import { begin, follow, LeaseProjection } from './ledger';
import { leaseRules, LeaseRuleSetting } from './rules';
import { LeaseStore, RequestKey } from './store';

/** Acts for nobody but the lease itself. */
export const LEASE_ACTOR = 'system:lease';

/** What a lease is granted with, and keeps. */
interface Terms {
  warnBeforeSeconds: number[];
  onExpiry: OnExpiry;
  /** Between the pause at its expiry and its end. */
  graceSeconds?: number;
}

/** What a request and its rules say about how long an environment lives. */
export interface TtlGrant extends Terms {
  /** Absent: it does not expire. */
  seconds?: number;
  maxSeconds?: number;
}

type Why = Pick<EntryDraft, 'actor' | 'reason' | 'rule'>;

/** Leases: when each environment ends, and what happened to that. */
export class LeaseService {
  constructor(
    private readonly options: {
      store: LeaseStore;
      clock: Clock;
      leaseRules: LeaseRuleSetting[];
    },
  ) {}

  /** What a blueprint version and the configuration say for such an environment. */
  terms(
    document: BlueprintDocument,
    subject: RuleSubject,
  ): Terms & { rules: LeaseRules } {
    const ttl = blueprintTtl(document);
    const { warnBeforeSeconds, onExpiry = 'destroy', graceSeconds } = ttl;
    const rules = leaseRules(ttl, this.options.leaseRules, subject);
    return { rules, warnBeforeSeconds, onExpiry, graceSeconds };
  }

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

  /** @throws EnvironmentProtectedError */
  async requireUnprotected(
    tx: Transaction,
    environment: Pick<EnvironmentRecord, 'id' | 'name'>,
  ): Promise<void> {
    const { protection } = await this.get(tx, environment.id);
    if (protection)
      throw new EnvironmentProtectedError(environment, protection);
  }

  /** Nothing of the environment falls due any more. */
  async end(
    tx: Knex.Transaction,
    environmentId: string,
    why: Why,
  ): Promise<void> {
    await this.record(tx, environmentId, [{ kind: 'end', ...why, detail: {} }]);
  }

  /** What should be gone and isn't is tried again, and not by its lease. */
  async noteRetry(
    tx: Knex.Transaction,
    environmentId: string,
    why: Why,
  ): Promise<void> {
    await this.record(tx, environmentId, [
      {
        kind: 'retry',
        ...why,
        detail: {},
      },
    ]);
  }

  /** What should have been gone is to stay: its lease goes on where it was. */
  async revive(
    tx: Knex.Transaction,
    environmentId: string,
    why: Why,
  ): Promise<void> {
    await this.record(tx, environmentId, [
      {
        kind: 'revive',
        ...why,
        detail: {},
      },
    ]);
  }

  /** Its schedule let it sleep or woke it, which moves no expiry. */
  async noteSleep(
    tx: Knex.Transaction,
    environmentId: string,
    draft: Extract<EntryDraft, { kind: 'pause' | 'wake' }>,
  ): Promise<void> {
    await this.record(tx, environmentId, [draft]);
  }

  /**
   * A warning fell due, was sent or came to nothing.
   *
   * @returns the lease with that entry
   */
  async noteWarning(
    tx: Knex.Transaction,
    environmentId: string,
    detail: WarningDetail,
    reason: string,
  ): Promise<LeaseProjection> {
    return this.record(tx, environmentId, [
      {
        kind: 'warning',
        actor: LEASE_ACTOR,
        reason,
        rule: 'ttl.warnBefore',
        detail,
      },
    ]);
  }

  /**
   * Adds to the ledger; the expiry stays where an entry says no other.
   *
   * @param key of the request that they come from
   * @returns the lease with them
   */
  async record(
    tx: Knex.Transaction,
    environmentId: string,
    drafts: EntryDraft[],
    key?: RequestKey,
  ): Promise<LeaseProjection> {
    const { store, clock } = this.options;
    const lease = await store.lock(tx, environmentId);
    const next = follow(lease, drafts, clock.now());
    await store.change(tx, environmentId, next, key);
    return next.lease;
  }
}

function after(moment: Date, seconds: number | undefined): Date | undefined {
  return seconds === undefined ? undefined : addSeconds(moment, seconds);
}
