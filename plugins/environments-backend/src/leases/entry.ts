import {
  IdleEnd,
  JsonObject,
  OnExpiry,
} from '@greenroom/plugin-environments-common';

/** Moments in details are text, as the database's JSON holds them. */
type Moment = string;

interface EntryOf<Kind extends string, Detail> {
  kind: Kind;
  /** Never before the entry above it. */
  at: Date;
  /** Entity ref of a person, `service:<subject>` or `system:<part>`. */
  actor: string;
  reason: string;
  /** Which rule led to it: `ttl.default`, `config.leases.rules[2].max`, `lease.expired`, … */
  rule: string;
  expiresBefore?: Date;
  /** The same where the entry does not move the expiry; absent: it does not expire. */
  expiresAfter?: Date;
  detail: Detail;
}

export interface GrantDetail {
  maxExpiresAt?: Moment;
  warnBeforeSeconds: number[];
  onExpiry: OnExpiry;
  /** Between the pause at its expiry and its end. */
  graceSeconds?: number;
}

export type GrantEntry = EntryOf<'grant', GrantDetail>;

export interface WarningDetail {
  beforeSeconds: number;
  /** The end that it warns of: the expiry, or that of a hold or a grace. */
  endsAt: Moment;
  /** It was due; owner and creator were told; or it came to nothing, for the reason of the entry. */
  delivery: 'due' | 'sent' | 'dropped';
}

/** What happened to a lease; each kind says what {@link applyEntry} needs to know of it. */
export type LeaseEntry =
  | GrantEntry
  /**
   * `override`: beyond the limits, by somebody who may; it does not count, and may move the maximum.
   * With a `request`, it is what somebody had asked for.
   */
  | EntryOf<'extend', { override?: true; request?: string; askedBy?: string }>
  | EntryOf<'shorten', Record<string, never>>
  /** An extension was cut by the maximum. */
  | EntryOf<'cap', { wanted: Moment }>
  | EntryOf<'warning', WarningDetail>
  /** Put to sleep, and woken up again, by a schedule or a person. */
  | EntryOf<'pause' | 'wake', JsonObject>
  /** It was used, which moves its expiry where a rule says so. */
  | EntryOf<'activity', JsonObject>
  /** Nobody used it: it is paused, or its expiry is earlier now. */
  | EntryOf<'idle', JsonObject & { then: IdleEnd }>
  | EntryOf<'hold', { until: Moment }>
  | EntryOf<'release', Record<string, never>>
  | EntryOf<'protect' | 'unprotect', Record<string, never>>
  /** Somebody asked for more time than the limits allow, which moves nothing. */
  | EntryOf<'ask', { request: string; wanted: Moment }>
  /** What was asked for came to nothing. */
  | EntryOf<'decline' | 'withdraw' | 'lapse', { request: string }>
  /** Its time was up. */
  | EntryOf<
      'expiry',
      { then: 'destroy' } | { then: 'grace'; graceEndsAt: Moment }
    >
  /** Its time was up, and it is protected. */
  | EntryOf<'blocked', Record<string, never>>
  /** A teardown failed; from now on the room of teardowns sees to it. */
  | EntryOf<'retry', Record<string, never>>
  /** A teardown was called off: what was due is due again. */
  | EntryOf<'revive', Record<string, never>>
  | EntryOf<'end', Record<string, never>>;

export type LeaseEntryKind = LeaseEntry['kind'];

/** The part of an entry that whoever makes it says; the ledger knows the rest. */
export type EntryDraft = LeaseEntry extends infer Entry
  ? Entry extends LeaseEntry
    ? Omit<Entry, 'at' | 'expiresBefore'>
    : never
  : never;
