import { LeaseStage, OnExpiry } from '@greenroom/plugin-environments-common';
import { addSeconds, laterOf, momentOf } from '../clock';
import { EntryDraft, GrantEntry, LeaseEntry } from './entry';
import { nextWarningAt, warnedUpTo } from './warnings/moments';

/** Somebody's word that keeps an environment, for the record. */
export interface Safeguard {
  by: string;
  reason: string;
  since: Date;
}

export interface Hold extends Safeguard {
  until: Date;
}

/** What a ledger comes to: the row of a lease is this, and nothing else. */
export interface LeaseProjection {
  /** When the environment was asked for; the maximum counts from here. */
  grantedAt: Date;
  stage: LeaseStage;
  /** Absent: it does not expire. */
  expiresAt?: Date;
  /** The latest moment that its rules let the expiry reach. */
  maxExpiresAt?: Date;
  /** When the last warning before the expiry falls due. */
  lastWarningAt?: Date;
  /** Warnings whose moment is not after this are none, or were given. */
  warnedUpTo: Date;
  /** When the next warning falls due; absent: none does. */
  nextWarningAt?: Date;
  /** When the sweep has to look at it; absent: never. */
  dueAt?: Date;
  onExpiry: OnExpiry;
  graceSeconds?: number;
  graceEndsAt?: Date;
  warnBeforeSeconds: number[];
  /** Those that count against the limit. */
  extensionsUsed: number;
  /** The last one; it may be over. */
  hold?: Hold;
  protection?: Safeguard;
  /** Why the expiry is what it is, and the rule that made it so. */
  reason: string;
  rule: string;
  endedAt?: Date;
  lastEntryAt: Date;
  /** How many entries the ledger has. */
  revision: number;
}

/** A ledger that can not have come about: entries are missing, or were meddled with. */
export class BrokenLedgerError extends Error {
  name = 'BrokenLedgerError' as const;
}

/**
 * Folds a whole ledger, oldest first.
 *
 * @throws BrokenLedgerError
 */
export function project(entries: readonly LeaseEntry[]): LeaseProjection {
  const [grant, ...others] = entries;
  if (grant?.kind !== 'grant') {
    throw new BrokenLedgerError('The ledger does not begin with a grant');
  }
  return others.reduce(applyEntry, begin(grant));
}

/**
 * The lease after one entry more.
 *
 * @throws BrokenLedgerError when the entry does not follow on what is there
 */
export function applyEntry(
  lease: LeaseProjection,
  entry: LeaseEntry,
): LeaseProjection {
  const next = settled({
    ...moved(lease, entry),
    lastEntryAt: laterOf(lease.lastEntryAt, entry.at),
    revision: lease.revision + 1,
  });
  return warned(next, warnedUpTo(lease, entry, next.dueAt));
}

/** Entries that were added, oldest first, and the lease that they lead to. */
export interface Following {
  entries: LeaseEntry[];
  lease: LeaseProjection;
}

/**
 * Whole entries: in their place in time though a clock went back, with the expiry before them,
 * which stays where they say no other.
 */
export function follow(
  lease: LeaseProjection,
  drafts: EntryDraft[],
  now: Date,
): Following {
  return drafts.reduce<Following>(
    (before, draft) => {
      const { expiresAt, lastEntryAt } = before.lease;
      const entry: LeaseEntry = {
        expiresAfter: expiresAt,
        ...draft,
        expiresBefore: expiresAt,
        at: laterOf(lastEntryAt, now),
      };
      return {
        entries: [...before.entries, entry],
        lease: applyEntry(before.lease, entry),
      };
    },
    { entries: [], lease },
  );
}

export function begin(grant: GrantEntry): LeaseProjection {
  const { at, expiresAfter, reason, rule, detail } = grant;
  const { maxExpiresAt, ...terms } = detail;
  const lease = settled({
    ...terms,
    grantedAt: at,
    stage: 'running',
    expiresAt: expiresAfter,
    maxExpiresAt: maxExpiresAt ? momentOf(maxExpiresAt) : undefined,
    extensionsUsed: 0,
    reason,
    rule,
    warnedUpTo: at,
    lastEntryAt: at,
    revision: 1,
  });
  return warned(lease, at);
}

function moved(lease: LeaseProjection, entry: LeaseEntry): LeaseProjection {
  const { kind, at, actor: by, reason } = entry;
  switch (kind) {
    case 'extend': {
      const extended = withExpiry(lease, entry);
      const { expiresAt, maxExpiresAt } = extended;
      const { override } = entry.detail;
      const isBeyond = maxExpiresAt && expiresAt && expiresAt > maxExpiresAt;
      return {
        ...extended,
        stage: 'running',
        graceEndsAt: undefined,
        maxExpiresAt: override && isBeyond ? expiresAt : maxExpiresAt,
        extensionsUsed: lease.extensionsUsed + (override ? 0 : 1),
      };
    }
    case 'shorten':
    case 'activity':
      return withExpiry(lease, entry);
    case 'idle':
      return entry.detail.then === 'destroy' ? withExpiry(lease, entry) : lease;
    case 'hold': {
      const hold = {
        by,
        reason,
        since: at,
        until: momentOf(entry.detail.until),
      };
      return { ...unblocked(lease), hold };
    }
    case 'release':
      return { ...lease, hold: undefined };
    case 'protect':
      return { ...lease, protection: { by, reason, since: at } };
    case 'unprotect':
      return { ...unblocked(lease), protection: undefined };
    case 'expiry':
      return entry.detail.then === 'grace'
        ? {
            ...lease,
            stage: 'grace',
            graceEndsAt: momentOf(entry.detail.graceEndsAt),
          }
        : { ...lease, stage: 'ending' };
    case 'blocked':
      return { ...lease, stage: 'blocked' };
    case 'retry':
      return { ...lease, stage: 'ending' };
    case 'revive':
      return { ...lease, stage: 'running', graceEndsAt: undefined };
    case 'end':
      return { ...lease, stage: 'ended', endedAt: at };
    case 'cap':
    case 'ask':
    case 'decline':
    case 'withdraw':
    case 'lapse':
    case 'warning':
    case 'pause':
    case 'wake':
      return lease;
    case 'grant':
      throw new BrokenLedgerError('The ledger has a second grant');
    default:
      return assertNever(kind);
  }
}

function withExpiry(
  lease: LeaseProjection,
  { kind, expiresBefore, expiresAfter, reason, rule }: LeaseEntry,
): LeaseProjection {
  if (expiresBefore?.getTime() !== lease.expiresAt?.getTime()) {
    throw new BrokenLedgerError(
      `Entry ${lease.revision + 1} (${kind}) starts from another expiry than the entries before it lead to`,
    );
  }
  return { ...lease, expiresAt: expiresAfter, reason, rule };
}

/** Due again, where only the protection had stood in the way. */
function unblocked(lease: LeaseProjection): LeaseProjection {
  if (lease.stage !== 'blocked') return lease;
  return { ...lease, stage: lease.graceEndsAt ? 'grace' : 'running' };
}

/** With what follows from the rest. */
function settled(lease: LeaseProjection): LeaseProjection {
  return {
    ...lease,
    lastWarningAt: lastWarningOf(lease),
    dueAt: dueOf(lease),
  };
}

function warned(lease: LeaseProjection, upTo: Date): LeaseProjection {
  const next = { ...lease, warnedUpTo: upTo };
  return { ...next, nextWarningAt: nextWarningAt(next) };
}

/** Warnings that would come before the grant are none. */
function lastWarningOf(lease: LeaseProjection): Date | undefined {
  const { grantedAt, expiresAt, warnBeforeSeconds } = lease;
  if (!expiresAt) return undefined;
  return warnBeforeSeconds
    .map(before => addSeconds(expiresAt, -before))
    .filter(at => at > grantedAt)
    .reduce<Date | undefined>(
      (last, at) => (last ? laterOf(last, at) : at),
      undefined,
    );
}

function dueOf(lease: LeaseProjection): Date | undefined {
  const { stage, expiresAt, graceEndsAt, hold } = lease;
  const ends = { running: expiresAt, grace: graceEndsAt };
  const end =
    stage === 'running' || stage === 'grace' ? ends[stage] : undefined;
  return end && hold ? laterOf(end, hold.until) : end;
}

function assertNever(kind: never): never {
  throw new BrokenLedgerError(`Unknown kind of entry ${JSON.stringify(kind)}`);
}
