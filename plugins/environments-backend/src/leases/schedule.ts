import { addSeconds } from '../clock';

/** What a request and its blueprint say about how long an environment lives. */
export interface TtlGrant {
  /** Absent: it does not expire. */
  seconds?: number;
  maxSeconds?: number;
  warnBeforeSeconds: number[];
}

export interface LeaseTimes {
  expiresAt?: Date;
  maxExpiresAt?: Date;
  lastWarningAt?: Date;
}

/** The moments of a lease that is granted now. */
export function leaseTimes(now: Date, ttl: TtlGrant): LeaseTimes {
  if (ttl.seconds === undefined) return {};
  const expiresAt = addSeconds(now, ttl.seconds);
  const warnings = ttl.warnBeforeSeconds.filter(
    before => before < ttl.seconds!,
  );
  return {
    expiresAt,
    ...(ttl.maxSeconds !== undefined && {
      maxExpiresAt: addSeconds(now, ttl.maxSeconds),
    }),
    ...(warnings.length > 0 && {
      lastWarningAt: addSeconds(expiresAt, -Math.min(...warnings)),
    }),
  };
}
