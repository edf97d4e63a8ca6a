import {
  LeaseOutcome,
  LeaseRules,
} from '@greenroom/plugin-environments-common';
import { addSeconds, momentOf } from '../../clock';
import { describeExtension } from '../extend';
import { LeaseProjection } from '../ledger';
import { endOf } from './replay';

/** What is known of an environment: its lease, and what it would be under other rules. */
export interface Comparison {
  lease: LeaseProjection;
  /** Undefined: its request would have had to say when it ends. */
  simulated: LeaseProjection | undefined;
  rules: { now: LeaseRules; simulated: LeaseRules };
}

/** What differs by less is the same. */
const TOLERANCE_MS = 1000;

/** How the environment would fare. */
export function outcomeOf(
  { lease, simulated }: Comparison,
  now: Date,
): LeaseOutcome {
  if (!simulated) return 'needs-end';
  const is = runsUntil(lease, now);
  const would = runsUntil(simulated, now);
  if (would && would <= now) {
    if (is && is <= now) return 'unchanged';
    const end = endOf(simulated);
    return end && end > now ? 'paused' : 'ended';
  }
  const difference = millisOf(would) - millisOf(is);
  if (is?.getTime() === would?.getTime() || Math.abs(difference) < TOLERANCE_MS)
    return 'unchanged';
  return difference < 0 ? 'earlier' : 'later';
}

/** Its present end is later than those rules let any end be. */
export function isOverMaximum({
  lease: { grantedAt, expiresAt },
  rules: { simulated },
}: Comparison): boolean {
  const { max } = simulated;
  if (!max) return false;
  return !expiresAt || expiresAt > addSeconds(grantedAt, max.value);
}

/** From now on it could be extended less far at once, or less often. */
export function losesExtensions(
  { lease, rules }: Comparison,
  now: Date,
): boolean {
  const is = describeExtension(lease, rules.now, now);
  if (!is.until) return false;
  const would = describeExtension(lease, rules.simulated, now);
  return (
    !would.until ||
    momentOf(would.until) < momentOf(is.until) ||
    (would.left ?? Infinity) < (is.left ?? Infinity)
  );
}

/** How long an environment is on until a moment, by its lease alone. */
export function hoursUntil(
  lease: LeaseProjection,
  now: Date,
  horizon: Date,
): number {
  const end = Math.min(millisOf(runsUntil(lease, now)), horizon.getTime());
  return Math.max(0, end - now.getTime()) / 3_600_000;
}

/** How long it is paused in its grace until a moment. */
export function graceHoursUntil(
  lease: LeaseProjection,
  now: Date,
  horizon: Date,
): number {
  const { stage, dueAt, protection } = lease;
  const from = Math.max(millisOf(runsUntil(lease, now)), now.getTime());
  const isPaused = stage === 'grace' && !protection;
  const end = millisOf(isPaused ? dueAt : endOf(lease));
  return Math.max(0, Math.min(end, horizon.getTime()) - from) / 3_600_000;
}

/** Undefined: as long as anybody can say. */
function runsUntil(
  { stage, protection, dueAt }: LeaseProjection,
  now: Date,
): Date | undefined {
  if (stage === 'grace') return now;
  return protection || stage === 'blocked' ? undefined : dueAt;
}

function millisOf(moment: Date | undefined): number {
  return moment?.getTime() ?? Infinity;
}
