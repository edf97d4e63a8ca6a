import { addSeconds, momentOf } from '../../clock';
import { LeaseEntry } from '../entry';

/** What the warnings of a lease follow from. */
interface WarnedLease {
  grantedAt: Date;
  /** The end that is warned of. */
  dueAt?: Date;
  warnBeforeSeconds: number[];
  warnedUpTo: Date;
  /** It stays, so nobody needs to be warned. */
  protection?: object;
}

/** When the next warning falls due, whether that is over or not; undefined: none does. */
export function nextWarningAt({
  dueAt,
  warnBeforeSeconds,
  warnedUpTo: upTo,
  protection,
}: WarnedLease): Date | undefined {
  if (!dueAt || protection) return undefined;
  const [next] = warnBeforeSeconds
    .map(before => addSeconds(dueAt, -before))
    .filter(at => at > upTo)
    .sort((one, other) => one.getTime() - other.getTime());
  return next;
}

/**
 * The warning to give now: of several that are over and were not given, the nearest to the end.
 *
 * @returns undefined when none is due, or the end has come
 */
export function warningDue(
  lease: WarnedLease,
  now: Date,
): { beforeSeconds: number; endsAt: Date } | undefined {
  const { dueAt: endsAt, warnBeforeSeconds, warnedUpTo: upTo } = lease;
  if (!endsAt || endsAt <= now || lease.protection) return undefined;
  const over = warnBeforeSeconds.filter(before => {
    const at = addSeconds(endsAt, -before);
    return at > upTo && at <= now;
  });
  return over.length > 0
    ? { beforeSeconds: Math.min(...over), endsAt }
    : undefined;
}

/**
 * Up to when warnings are over and done with after one entry more. Whoever has the end come later
 * knows when it comes: warnings before that moment are none. Where it comes earlier, or a grace
 * begins, those that are over are due at once, for nobody else knows.
 *
 * @param dueAt the end with that entry
 */
export function warnedUpTo(
  lease: WarnedLease,
  entry: LeaseEntry,
  dueAt: Date | undefined,
): Date {
  const { dueAt: before, grantedAt } = lease;
  if (entry.kind === 'warning' && entry.detail.delivery === 'due') {
    const { endsAt, beforeSeconds } = entry.detail;
    return addSeconds(momentOf(endsAt), -beforeSeconds);
  }
  if (entry.kind === 'expiry') return grantedAt;
  if (!before || !dueAt || before.getTime() === dueAt.getTime()) {
    return lease.warnedUpTo;
  }
  return dueAt > before ? entry.at : grantedAt;
}
