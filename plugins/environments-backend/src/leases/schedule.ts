import { addSeconds } from '../clock';

/** The first retry comes soon, for what was a hiccup; later ones do not hammer what is broken. */
const FIRST_RETRY_SECONDS = 60;
const LONGEST_RETRY_SECONDS = 3600;
/** Spreads the retries of many environments that failed for one reason. */
const JITTER = 0.2;

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

/**
 * When a teardown that failed is tried again: 1 min later, doubling to 1 h, a fifth more or less.
 *
 * @param failures how many have failed in a row, this one included
 * @param random from 0 to 1
 */
export function retryAt(now: Date, failures: number, random: number): Date {
  const seconds = Math.min(
    FIRST_RETRY_SECONDS * 2 ** (failures - 1),
    LONGEST_RETRY_SECONDS,
  );
  return addSeconds(now, seconds * (1 + JITTER * (2 * random - 1)));
}
