import { LeaseRules } from '@greenroom/plugin-environments-common';
import { addSeconds, laterOf, momentOf } from '../../clock';
import { EntryDraft, GrantEntry, LeaseEntry } from '../entry';
import { decideExtend } from '../extend';
import { decideGrant } from '../grant';
import { begin, BrokenLedgerError, follow, LeaseProjection } from '../ledger';

/** Grants whose length was no rule's. */
const CHOSEN = ['ttl.requested', 'ttl.unknown'];

/**
 * What a lease would be, had these rules been in force from its grant on: everything that people
 * asked for is asked for again. Who asked for more than is allowed would have got the most that
 * is, and an extension that would have been refused is left out.
 *
 * @param entries - its ledger, oldest first
 * @returns undefined when the request would have had to say when it ends
 */
export function replay(
  entries: readonly LeaseEntry[],
  rules: LeaseRules,
): LeaseProjection | undefined {
  const [grant, ...others] = entries;
  if (grant?.kind !== 'grant') {
    throw new BrokenLedgerError('The ledger does not begin with a grant');
  }
  let lease = regrant(grant, rules);
  for (const [index, entry] of others.entries()) {
    if (!lease || isOver(lease, entry.at)) return lease;
    const drafts = asked(lease, entry, others[index + 1], rules);
    lease = follow(lease, drafts, entry.at).lease;
  }
  return lease;
}

/** When it would have been destroyed; undefined: never. */
export function endOf({
  dueAt,
  onExpiry,
  graceSeconds = 0,
  protection,
}: LeaseProjection): Date | undefined {
  if (!dueAt || protection) return undefined;
  return onExpiry === 'pause' ? addSeconds(dueAt, graceSeconds) : dueAt;
}

function isOver(lease: LeaseProjection, at: Date): boolean {
  const end = endOf(lease);
  return end !== undefined && end < at;
}

function regrant(
  grant: GrantEntry,
  rules: LeaseRules,
): LeaseProjection | undefined {
  const { at, expiresAfter, detail } = grant;
  const after = (seconds?: number) =>
    seconds === undefined ? undefined : addSeconds(at, seconds);
  const maxExpiresAt = after(rules.max?.value);
  if (CHOSEN.includes(grant.rule) && expiresAfter) {
    const { end, rule } = within(at, expiresAfter, rules);
    return begin({
      ...grant,
      rule: rule ?? grant.rule,
      expiresAfter: end,
      detail: { ...detail, maxExpiresAt: maxExpiresAt?.toISOString() },
    });
  }
  // What a rule spreads is taken as if it were spread by nothing.
  const usual = decideGrant(rules, undefined, 0);
  if (usual.problems.length > 0) return undefined;
  return begin({
    ...grant,
    rule: usual.rule,
    reason: usual.reason,
    expiresAfter: after(usual.seconds),
    detail: { ...detail, maxExpiresAt: maxExpiresAt?.toISOString() },
  });
}

/** What somebody chose, or the nearest to it that is allowed. */
function within(
  from: Date,
  chosen: Date,
  { min, max }: LeaseRules,
): { end: Date; rule?: string } {
  const most = max && addSeconds(from, max.value);
  if (most && chosen > most) return { end: most, rule: max.rule };
  const least = min && addSeconds(from, min.value);
  if (least && chosen < least) return { end: least, rule: min.rule };
  return { end: chosen };
}

/** The same again, as far as these rules let it. */
function asked(
  lease: LeaseProjection,
  entry: LeaseEntry,
  next: LeaseEntry | undefined,
  rules: LeaseRules,
): EntryDraft[] {
  const { actor, at } = entry;
  const unmoved = { expiresAfter: lease.expiresAt };
  switch (entry.kind) {
    case 'extend':
      return entry.detail.override
        ? later(lease, entry)
        : extended(lease, entry, next, rules);
    case 'shorten':
      return earlier(lease, entry);
    case 'idle':
      return entry.detail.then === 'destroy' ? earlier(lease, entry) : [];
    case 'activity':
      return later(lease, entry);
    case 'hold': {
      const most = addSeconds(at, rules.holdMax.value);
      const until = momentOf(entry.detail.until);
      const detail = { until: (until > most ? most : until).toISOString() };
      return [{ ...entry, ...unmoved, detail }];
    }
    case 'release':
    case 'protect':
    case 'unprotect':
      return [{ ...entry, ...unmoved, actor }];
    default:
      return [];
  }
}

/** By as much as was wanted, though a maximum cut it then. */
function extended(
  lease: LeaseProjection,
  { at, actor, expiresBefore, expiresAfter }: LeaseEntry,
  next: LeaseEntry | undefined,
  rules: LeaseRules,
): EntryDraft[] {
  if (!expiresBefore || !expiresAfter || !lease.expiresAt) return [];
  const wanted =
    next?.kind === 'cap' ? momentOf(next.detail.wanted) : expiresAfter;
  const from = laterOf(expiresBefore, at);
  const seconds = (wanted.getTime() - from.getTime()) / 1000;
  const bySeconds = Math.min(seconds, rules.extendBy?.value ?? seconds);
  const move = { actor, bySeconds, override: false };
  const decision = decideExtend(lease, rules, move, at);
  return decision.refused ? [] : decision.drafts;
}

/** To that moment, unless it would end later anyway. */
function later(
  { expiresAt }: LeaseProjection,
  entry: Extract<LeaseEntry, { kind: 'extend' | 'activity' }>,
): EntryDraft[] {
  const { expiresAfter } = entry;
  return expiresAt && expiresAfter && expiresAfter > expiresAt ? [entry] : [];
}

/** The same the other way round. */
function earlier(
  { expiresAt }: LeaseProjection,
  entry: Extract<LeaseEntry, { kind: 'shorten' | 'idle' }>,
): EntryDraft[] {
  const { expiresAfter } = entry;
  const isEarlier = expiresAfter && !(expiresAt && expiresAt <= expiresAfter);
  return isEarlier ? [entry] : [];
}
