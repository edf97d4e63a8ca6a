import { EnvironmentLease, Lease } from '@greenroom/plugin-environments-common';
import { DAY, HOUR, iso } from '../../src/testing/builders';

const BY = 'user:default/mira';

/** Leases that somebody keeps, or that are in their grace, by the name of their environment. */
export function keptLeases(now: number): Record<string, Partial<Lease>> {
  return {
    'ledger-replay': {
      hold: {
        until: iso(now, 3 * DAY),
        since: iso(now, -2 * HOUR),
        by: BY,
        reason:
          'Incident 4711: the payments of last night are compared with those that the bank has, one after the other',
      },
    },
    'fraud-sandbox': {
      protection: {
        since: iso(now, -DAY),
        by: BY,
        reason: 'Shown to the auditors until the end of the quarter',
      },
    },
    'search-spike': {
      expiresAt: iso(now, -4 * HOUR),
      lastWarningAt: iso(now, -5 * HOUR),
      graceEndsAt: iso(now, 20 * HOUR),
      onExpiry: 'pause',
    },
    'staging-eu': {
      protection: {
        since: iso(now, -200 * DAY),
        by: 'group:default/platform',
        reason: 'Everybody’s staging',
      },
    },
  };
}

/** In full, for whoever may do everything about them. */
export const EVERY_RIGHT: EnvironmentLease['rights'] = {
  extend: true,
  override: true,
  hold: true,
  protect: true,
};
