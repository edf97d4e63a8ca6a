import {
  FLEET_ENVIRONMENT_STATES,
  FleetCandidate,
  FleetCounts,
  FleetEnvironment,
  FleetPreview,
  FleetUpgrade,
} from '@greenroom/plugin-environments-common';
import { anEnvironment, HOUR, iso, SAMPLE_NOW } from './builders';

export function someCounts(part: Partial<FleetCounts> = {}): FleetCounts {
  const none = FLEET_ENVIRONMENT_STATES.map(state => [state, 0]);
  return { ...(Object.fromEntries(none) as FleetCounts), ...part };
}

/** Stopped in its second wave, since two have failed. */
export function aFleetUpgrade(
  part: Partial<FleetUpgrade> = {},
  now = SAMPLE_NOW,
): FleetUpgrade {
  return {
    id: 'fleet-1',
    blueprint: { name: 'site-sandbox', title: 'Site sandbox' },
    to: '1.3.0',
    state: 'stopped',
    because: {
      code: 'fleet.budget',
      message: '2 upgrades have failed, and 1 may.',
    },
    reason: 'the old runtime is out of support',
    requestedBy: 'user:default/amir',
    requestedAt: iso(now, -2 * HOUR),
    counts: someCounts({
      succeeded: 9,
      failed: 2,
      waiting: 18,
      'set-aside': 1,
    }),
    selection: { blueprint: 'site-sandbox', owner: ['group:default/checkout'] },
    order: 'name',
    concurrency: 5,
    failureBudget: 1,
    failures: 2,
    windows: [
      {
        days: ['sat', 'sun'],
        from: '22:00',
        to: '04:00',
        timeZone: 'Europe/Berlin',
      },
    ],
    actsFor: 'user:default/amir',
    waves: [
      { number: 1, counts: someCounts({ succeeded: 3 }) },
      {
        number: 2,
        counts: someCounts({ succeeded: 6, failed: 2, waiting: 18 }),
      },
    ],
    moves: [
      { move: 'pause', allowed: false, reason: 'It is stopped already.' },
      { move: 'resume', allowed: true },
      { move: 'abort', allowed: true },
    ],
    ...part,
  };
}

export function aFleetEnvironment(
  part: Partial<FleetEnvironment> = {},
): FleetEnvironment {
  return {
    environmentId: 'env-1',
    name: 'shop-demo',
    owner: 'group:default/checkout',
    from: '1.2.0',
    state: 'succeeded',
    wave: 1,
    operation: { id: 'op-3', number: 3, dryRun: false },
    environment: anEnvironment(),
    ...part,
  };
}

export function aFleetCandidate(
  part: Partial<FleetCandidate> = {},
): FleetCandidate {
  return {
    environmentId: 'env-1',
    name: 'shop-demo',
    owner: 'group:default/checkout',
    version: '1.2.0',
    wave: 1,
    needs: [],
    drops: [],
    losses: [],
    ...part,
  };
}

export function aFleetPreview(part: Partial<FleetPreview> = {}): FleetPreview {
  return {
    blueprint: 'site-sandbox',
    to: '1.3.0',
    warnings: [],
    waves: [{ number: 1, environments: 1 }],
    setAside: 0,
    items: [aFleetCandidate()],
    ...part,
  };
}
