import { EnvironmentLease } from '@greenroom/plugin-environments-common';

/** What may be done about a lease, in the order of the menu. */
export const LEASE_ACTIONS = [
  'extend',
  'ask',
  'override',
  'shorten',
  'hold',
  'release',
  'protect',
  'unprotect',
] as const;
export type LeaseAction = (typeof LEASE_ACTIONS)[number];

/** What the menu offers: what lifts something stands there once there is something to lift. */
export function offeredActions(
  lease: EnvironmentLease | undefined,
): LeaseAction[] {
  return LEASE_ACTIONS.filter(action => {
    if (action === 'release') return lease?.hold !== undefined;
    if (action === 'protect') return lease?.protection === undefined;
    if (action === 'unprotect') return lease?.protection !== undefined;
    return true;
  });
}

/** Says what it does to which environment, on the menu and as the title of its dialog. */
export function actionLabel(
  action: LeaseAction,
  name: string,
  lease?: EnvironmentLease,
): string {
  switch (action) {
    case 'extend':
      return `Extend ${name}`;
    case 'ask':
      return `Ask for more time for ${name}`;
    case 'override':
      return `Extend ${name} beyond its limits`;
    case 'shorten':
      return `Shorten the lease of ${name}`;
    case 'hold':
      return lease?.hold ? `Hold ${name} for longer` : `Hold ${name}`;
    case 'release':
      return `Release the hold of ${name}`;
    case 'protect':
      return `Protect ${name}`;
    case 'unprotect':
      return `Lift the protection of ${name}`;
    default:
      return action satisfies never;
  }
}

/**
 * Why something can't be done about a lease now, in words; undefined when it can. The server
 * decides; this only spares a refusal.
 */
export function blockedAction(
  lease: EnvironmentLease | undefined,
  action: LeaseAction,
): string | undefined {
  if (!lease) return 'Its lease is being read.';
  const { stage, rights, expiresAt, extension } = lease;
  if (stage === 'ended') return 'It is destroyed.';
  switch (action) {
    case 'extend':
      if (!rights.extend) return 'You may not extend it.';
      return extension.problem?.message;
    case 'ask':
      if (!rights.extend) return 'You may not extend it.';
      if (lease.moreTime?.state === 'waiting') {
        return 'Somebody has asked, and waits for the answer.';
      }
      return going(lease) ?? endless(expiresAt) ?? limitless(lease);
    case 'override':
      if (!rights.override) return 'You may not go beyond its limits.';
      return going(lease) ?? endless(expiresAt);
    case 'shorten':
      if (!rights.extend) return 'You may not shorten its lease.';
      if (stage === 'grace' || stage === 'blocked') {
        return 'Its time is up already.';
      }
      return going(lease);
    case 'hold':
      if (!rights.hold) return 'You may not hold environments.';
      return going(lease) ?? endless(expiresAt);
    case 'release':
      return rights.hold ? going(lease) : 'You may not release it.';
    case 'protect':
      if (!rights.protect) return 'You may not protect environments.';
      return going(lease);
    case 'unprotect':
      return rights.protect ? undefined : 'You may not lift its protection.';
    default:
      return action satisfies never;
  }
}

function going({ stage }: EnvironmentLease): string | undefined {
  return stage === 'ending' ? 'It is being destroyed.' : undefined;
}

function endless(expiresAt: string | undefined): string | undefined {
  return expiresAt ? undefined : 'It does not expire.';
}

/** There must be something that somebody could be asked to go beyond. */
function limitless({
  rules,
  maxExpiresAt,
  extension,
}: EnvironmentLease): string | undefined {
  const { max, extensions, extendBy } = rules;
  const limit = max ?? extensions ?? extendBy ?? maxExpiresAt;
  return limit || extension.problem
    ? undefined
    : 'Nothing limits how far it is extended.';
}
