/** What happens to an environment at its expiry: it is destroyed, or paused first, and destroyed after a grace. */
export const ON_EXPIRY = ['destroy', 'pause'] as const;
export type OnExpiry = (typeof ON_EXPIRY)[number];

/**
 * - `running`: its time runs; `grace`: it was up, and the environment is paused before its end;
 * - `blocked`: it was up, and the environment is protected;
 * - `ending`: the environment is being destroyed, as often as it takes; `ended`: it is.
 */
export const LEASE_STAGES = [
  'running',
  'grace',
  'blocked',
  'ending',
  'ended',
] as const;
export type LeaseStage = (typeof LEASE_STAGES)[number];
