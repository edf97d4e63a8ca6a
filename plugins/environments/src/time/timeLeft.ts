import {
  EnvironmentState,
  Lease,
  LeaseHold,
  Timestamp,
} from '@greenroom/plugin-environments-common';
import { DateTime } from 'luxon';

/** What a lease means at one moment. */
export type TimeLeftView =
  | {
      kind: 'left';
      seconds: number;
      totalSeconds: number;
      /** 1 when just granted, 0 when over. */
      share: number;
      /** The last warning has fallen due. */
      urgent: boolean;
      endsAt: Timestamp;
      /** Its time was up, and it is paused; what is left is its grace. */
      grace: boolean;
    }
  /** Nothing of it falls due before the hold ends, though its time be up. */
  | { kind: 'held'; hold: LeaseHold }
  /** Its time was up, and it stays for as long as it is protected. */
  | { kind: 'kept'; at: Timestamp }
  | { kind: 'ended'; at: Timestamp }
  | { kind: 'ending' }
  | { kind: 'endless' };

/** Reads the lease of an environment; pure, so that it can be asked about any moment. */
export function describeTimeLeft(
  environment: {
    state: EnvironmentState;
    destroyedAt?: Timestamp;
    lease: Lease;
  },
  now: number,
): TimeLeftView {
  const { state, lease } = environment;
  const { expiresAt, graceEndsAt, protection } = lease;
  const endsAt = graceEndsAt ?? expiresAt;
  const isOver = endsAt !== undefined && toMillis(endsAt) <= now;
  if (state === 'destroyed' && environment.destroyedAt) {
    return { kind: 'ended', at: environment.destroyedAt };
  }
  if (state === 'destroying' || state === 'destroyed') {
    return isOver ? { kind: 'ended', at: endsAt } : { kind: 'ending' };
  }
  if (!endsAt) return { kind: 'endless' };
  const hold = holdAt(lease, now);
  if (hold && toMillis(hold.until) >= toMillis(endsAt)) {
    return { kind: 'held', hold };
  }
  if (isOver) return { kind: protection ? 'kept' : 'ended', at: endsAt };

  const begins = graceEndsAt ? expiresAt : lease.grantedAt;
  const left = toMillis(endsAt) - now;
  const total = toMillis(endsAt) - toMillis(begins ?? lease.grantedAt);
  return {
    kind: 'left',
    seconds: left / 1000,
    totalSeconds: total / 1000,
    share: total > 0 ? Math.min(1, left / total) : 0,
    urgent: graceEndsAt !== undefined || isLastWarningReached(lease, now),
    endsAt,
    grace: graceEndsAt !== undefined,
  };
}

/** The hold of a lease, while it lasts. */
export function holdAt({ hold }: Lease, now: number): LeaseHold | undefined {
  return hold && toMillis(hold.until) > now ? hold : undefined;
}

/** True from the last warning on: the environment is about to end, and nothing keeps it. */
export function isExpiring(
  environment: Parameters<typeof describeTimeLeft>[0],
  now: number,
): boolean {
  const { lease } = environment;
  return (
    isLastWarningReached(lease, now) &&
    !lease.protection &&
    describeTimeLeft(environment, now).kind !== 'held'
  );
}

function isLastWarningReached(lease: Lease, now: number): boolean {
  return (
    lease.expiresAt !== undefined &&
    lease.lastWarningAt !== undefined &&
    toMillis(lease.lastWarningAt) <= now
  );
}

function toMillis(timestamp: Timestamp): number {
  return DateTime.fromISO(timestamp).toMillis();
}
