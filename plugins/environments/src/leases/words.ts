import { LeaseEntryKind } from '@greenroom/plugin-environments-common';

/** What happened to a lease, for its ledger. */
export const ENTRY_WORDS: Record<LeaseEntryKind, string> = {
  grant: 'Granted',
  extend: 'Extended',
  shorten: 'Shortened',
  cap: 'Cut to the maximum',
  warning: 'Warned',
  pause: 'Put to sleep',
  wake: 'Woken',
  activity: 'Used',
  idle: 'Not used',
  hold: 'Held',
  release: 'Let go',
  protect: 'Protected',
  unprotect: 'Protection lifted',
  ask: 'More time asked for',
  decline: 'Declined',
  withdraw: 'Withdrawn',
  lapse: 'Not asked any more',
  expiry: 'Time was up',
  blocked: 'Kept, being protected',
  retry: 'Teardown failed',
  revive: 'Teardown called off',
  end: 'Ended',
};

/** Whoever is behind an entry, where it is no person. */
export function systemName(actor: string): string | undefined {
  return actor.startsWith('system:') ? 'Greenroom' : undefined;
}
