import { addSeconds } from '../clock';
import { EntryDraft } from './entry';
import { LeaseProjection } from './ledger';
import { LEASE_ACTOR } from './service';

/** What is done about a lease that is due. */
export type ExpiryDecision =
  | { move: 'destroy' }
  | { move: 'block' }
  | { move: 'pause'; graceEndsAt: Date };

/** A protection goes before everything else; a pause comes but once. */
export function decideExpiry(
  { protection, stage, onExpiry, graceSeconds = 0 }: LeaseProjection,
  now: Date,
): ExpiryDecision {
  if (protection) return { move: 'block' };
  if (stage === 'grace' || onExpiry === 'destroy') return { move: 'destroy' };
  return { move: 'pause', graceEndsAt: addSeconds(now, graceSeconds) };
}

/**
 * The end: what follows is a destroy.
 *
 * @param waited why it comes later than its time
 */
export function destroyEntry(
  { stage, reason }: LeaseProjection,
  waited?: string,
): EntryDraft {
  const isAfterGrace = stage === 'grace';
  return {
    kind: 'expiry',
    actor: LEASE_ACTOR,
    reason: `Its time was up: ${reason}${isAfterGrace ? '; its grace is over' : ''}${after(waited)}.`,
    rule: isAfterGrace ? 'lease.grace.over' : 'lease.expired',
    detail: { then: 'destroy' },
  };
}

/** The expiry before a grace. */
export function graceEntry(
  { reason }: LeaseProjection,
  graceEndsAt: Date,
  { unpaused, waited }: { unpaused?: string; waited?: string } = {},
): EntryDraft {
  const end = graceEndsAt.toISOString();
  const how = unpaused ? `can't be paused (${unpaused})` : 'is paused';
  return {
    kind: 'expiry',
    actor: LEASE_ACTOR,
    reason: `Its time was up: ${reason}${after(waited)}; it ${how}, and is destroyed at ${end} unless its lease is extended.`,
    rule: 'lease.expired',
    detail: { then: 'grace', graceEndsAt: end },
  };
}

function after(waited: string | undefined): string {
  return waited ? `; ${waited}` : '';
}

/** Its time is up, and nothing happens. */
export function blockedEntry({
  reason,
  protection,
}: LeaseProjection): EntryDraft {
  return {
    kind: 'blocked',
    actor: LEASE_ACTOR,
    reason: `Its time was up: ${reason}; it stays, since ${protection?.by} has protected it: ${protection?.reason}`,
    rule: 'lease.protected',
    detail: {},
  };
}
