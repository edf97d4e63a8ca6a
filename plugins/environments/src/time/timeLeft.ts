import {
  EnvironmentState,
  Lease,
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
    }
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
  if (state === 'destroyed' && environment.destroyedAt) {
    return { kind: 'ended', at: environment.destroyedAt };
  }
  const endsAt = lease.expiresAt;
  if (endsAt && toMillis(endsAt) <= now) return { kind: 'ended', at: endsAt };
  if (state === 'destroying' || state === 'destroyed')
    return { kind: 'ending' };
  if (!endsAt) return { kind: 'endless' };

  const left = toMillis(endsAt) - now;
  const total = toMillis(endsAt) - toMillis(lease.grantedAt);
  return {
    kind: 'left',
    seconds: left / 1000,
    totalSeconds: total / 1000,
    share: total > 0 ? Math.min(1, left / total) : 0,
    urgent: isLastWarningReached(lease, now),
    endsAt,
  };
}

/** True from the last warning on: the environment is about to end. */
export function isLastWarningReached(lease: Lease, now: number): boolean {
  return (
    lease.expiresAt !== undefined &&
    lease.lastWarningAt !== undefined &&
    toMillis(lease.lastWarningAt) <= now
  );
}

function toMillis(timestamp: Timestamp): number {
  return DateTime.fromISO(timestamp).toMillis();
}
