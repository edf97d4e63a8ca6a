import { JsonObject, JsonValue } from '../json';
import { Problem } from '../problem';
import { MoreTimeRequest } from './leaseMoreTimeTypes';
import { Lease, Timestamp } from './types';

/** What happens to an environment at its expiry: it is destroyed, or paused first, and destroyed after a grace. */
export const ON_EXPIRY = ['destroy', 'pause'] as const;
export type OnExpiry = (typeof ON_EXPIRY)[number];

/**
 * - `running`: its time runs; `grace`: it was up, and the environment is paused before its end;
 * - `blocked`: it was up, and the environment is protected;
 * - `ending`: the environment is being destroyed, as often as it takes; `ended`: it is.
 */
export const LEASE_STAGES = [
  'running',
  'grace',
  'blocked',
  'ending',
  'ended',
] as const;
export type LeaseStage = (typeof LEASE_STAGES)[number];

export const LEASE_ENTRY_KINDS = [
  'grant',
  'extend',
  'shorten',
  'cap',
  'warning',
  'pause',
  'wake',
  'activity',
  'idle',
  'hold',
  'release',
  'protect',
  'unprotect',
  'ask',
  'decline',
  'withdraw',
  'lapse',
  'expiry',
  'blocked',
  'retry',
  'revive',
  'end',
] as const;
/**
 * - `grant`, `extend`, `shorten`, `activity`: these move the expiry; `cap`: an extension was cut by
 *   the maximum;
 * - `idle`: nobody used it, so it is paused, or ends earlier;
 * - `warning`, `pause`, `wake`: told, put to sleep, woken up;
 * - `hold`, `release`, `protect`, `unprotect`: safeguards, set and lifted;
 * - `ask`, `decline`, `withdraw`, `lapse`: somebody asked for more time than the limits allow, and
 *   that came to nothing; what is approved is an `extend`;
 * - `expiry`: its time was up; `blocked`: it was, and the environment is protected;
 * - `retry`: a teardown failed; `revive`: the teardown was called off; `end`: it is destroyed.
 */
export type LeaseEntryKind = (typeof LEASE_ENTRY_KINDS)[number];

/** One entry of the ledger of a lease; it is never changed. */
export interface LeaseLedgerEntry {
  /** Absent in a dry run. */
  id?: string;
  kind: LeaseEntryKind;
  at: Timestamp;
  /** Entity ref of a person, `service:<subject>` or `system:<part>`. */
  actor: string;
  reason: string;
  /** Which rule led to it: `ttl.default`, `config.leases.rules[2].max`, `lease.expired`, … */
  rule: string;
  /** Absent: it did not expire. */
  expiresBefore?: Timestamp;
  /** Absent: it does not expire. */
  expiresAfter?: Timestamp;
  /** More of it, by its kind. */
  detail: JsonObject;
}

/** A limit, and the rule that sets it: `ttl.max`, `config.leases.rules[2].max`. */
export interface LeaseLimit {
  /** Seconds, or a count. */
  value: number;
  rule: string;
}

/** The rules in force for an environment: its blueprint's, narrowed by the configuration. */
export interface LeaseRules {
  default?: LeaseLimit;
  min?: LeaseLimit;
  /** Counts from the request for the environment. */
  max?: LeaseLimit;
  /** How often the expiry may be moved; absent: as often as anyone likes. */
  extensions?: LeaseLimit;
  /** By how much at once; absent: as far as the maximum lets it. */
  extendBy?: LeaseLimit;
  /** By up to so much is an expiry earlier that nobody has chosen; absent: by nothing. */
  jitter?: LeaseLimit;
  /** How long a hold may last. */
  holdMax: LeaseLimit;
  /** The rule that allows none without an end; absent: they are allowed. */
  endRequiredBy?: string;
}

/** How far the caller could move the expiry now. */
export interface LeaseExtension {
  /** By how much, when a request does not say. */
  usualSeconds?: number;
  /** The latest moment that one extension reaches; absent: none is possible. */
  until?: Timestamp;
  /** How many are left; absent: any number. */
  left?: number;
  /** Why none is possible. */
  problem?: Problem;
}

/** Until when nothing of a lease falls due, who says so, and why. */
export interface LeaseHold {
  until: Timestamp;
  by: string;
  reason: string;
  since: Timestamp;
}

/** Since when nobody may destroy an environment, who says so, and why. */
export type LeaseProtection = Omit<LeaseHold, 'until'>;

/** When an environment ends, and why then. */
export interface LeaseStanding extends Lease {
  environmentId: string;
  environmentName: string;
  stage: LeaseStage;
  /** Which rule made the expiry what it is. */
  rule: string;
  /** When something happens next; absent: nothing does. */
  dueAt?: Timestamp;
  endedAt?: Timestamp;
  extensionsUsed: number;
  /** Moves with each entry: whoever sends it along changes what they have seen, or nothing. */
  revision: number;
}

/** All there is to know of a lease: why an environment ends when it does, and what may be done about it. */
export interface EnvironmentLease extends LeaseStanding {
  /** Its time was up in a leap of the clock, and it waits for the word of an operator. */
  brake?: { since: Timestamp };
  /** The last request for more time than its limits allow. */
  moreTime?: MoreTimeRequest;
  rules: LeaseRules;
  extension: LeaseExtension;
  /** What the caller may do. */
  rights: {
    /** Extend and shorten, within the limits. */
    extend: boolean;
    /** Go beyond the limits. */
    override: boolean;
    hold: boolean;
    protect: boolean;
  };
}

/** What a request for a change of a lease says beside its own fields. */
export interface LeaseRequest {
  /** For the record. */
  reason?: string;
  /** Change it only if this is still its revision. */
  revision?: number;
  /** Say what would be, and change nothing. */
  dryRun?: boolean;
}

/** Moves the expiry by so much, or to that moment. */
export interface MoveLeaseRequest extends LeaseRequest {
  /** A duration: 90m, 24h. */
  by?: string;
  until?: Timestamp;
}

export interface ExtendLeaseRequest extends MoveLeaseRequest {
  /** Beyond the limits; takes a permission and a reason. */
  override?: boolean;
}

/** Has nothing of a lease fall due for a while, though its maximum be over. */
export interface HoldLeaseRequest extends LeaseRequest {
  until: Timestamp;
  reason: string;
}

/** What a change has come to, or would. */
export interface LeaseChange {
  dryRun: boolean;
  /** Those that it added, oldest first. */
  entries: LeaseLedgerEntry[];
  lease: EnvironmentLease;
}

/** What the link of a warning would do; opening it changes nothing. */
export interface ExtendOffer {
  environmentId: string;
  environmentName: string;
  /** By how much it extends. */
  seconds: number;
  /** Why it ends when it does. */
  reason: string;
  onExpiry: OnExpiry;
  /** When it ends as it is. */
  expiresAt?: Timestamp;
  /** When it would end. */
  expiresAfter?: Timestamp;
  /** Why the link does not work, or not any more. */
  problem?: Problem;
  /** What goes at the end, with the number of its resources. */
  components: { id: string; resources: number }[];
}

/** A lease that is not what its ledger comes to. */
export interface LeaseDifference {
  environmentId: string;
  environmentName: string;
  /** What they say of the same; absent: nothing. */
  fields: { field: string; lease?: JsonValue; ledger?: JsonValue }[];
  /** Why the ledger comes to nothing at all. */
  broken?: string;
}

/** What came of checking some leases. */
export interface LeaseVerification {
  checked: number;
  differing: LeaseDifference[];
  /** Absent: there are no more. */
  nextCursor?: string;
}
