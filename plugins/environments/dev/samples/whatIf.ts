import {
  LeaseOutcome,
  SimulatedLease,
} from '@greenroom/plugin-environments-common';
import { DAY, HOUR, iso } from '../../src/testing/builders';
import { SampleLeaseFleetData } from '../../src/testing/SampleLeaseFleet';

const NAMES = [
  'shop-demo',
  'checkout-with-a-name-as-long-as-names-go',
  'kafka-lab',
  'staging-eu',
  'promo-review',
  'pr-400',
  'pr-401',
];
const OUTCOMES: LeaseOutcome[] = [
  'earlier',
  'ended',
  'paused',
  'needs-end',
  'later',
  'earlier',
  'unchanged',
];

/** Rules of the configuration, and what others would come to. */
export function sampleWhatIf(
  now: number,
): Pick<SampleLeaseFleetData, 'rules' | 'simulated' | 'simulatedCosts'> {
  const simulated = NAMES.map((name, index): SimulatedLease => {
    const outcome = OUTCOMES[index];
    const isEndless = outcome === 'needs-end';
    return {
      environmentId: `env-${index}`,
      environmentName: name,
      owner:
        index === 1
          ? 'group:default/platform-engineering-enablement'
          : 'group:default/checkout',
      outcome,
      endsAt: isEndless ? undefined : iso(now, (index + 2) * DAY),
      wouldEndAt: isEndless ? undefined : iso(now, (index - 1) * 7 * HOUR),
      rule: isEndless ? undefined : 'config.leases.rules[1].max',
      overMaximum: index % 3 === 0,
      losesExtensions: index % 2 === 0,
      ...(index !== 2 && {
        cost: {
          currency: index === 4 ? 'USD' : 'EUR',
          now: (index + 1) * 16.8,
          simulated: index * 9.3,
        },
      }),
    };
  });
  return {
    rules: [
      {
        match: { type: ['sandbox', 'preview'] },
        max: '7d',
        extensions: { max: 2 },
      },
      {
        match: {
          owner: ['group:default/interns'],
          blueprint: ['web-service-sandbox-with-database-and-queue'],
        },
        default: '8h',
        max: '2d',
        jitter: '10m',
      },
      { allowUnlimited: false, max: '90d' },
    ],
    simulated,
    simulatedCosts: [
      { currency: 'EUR', now: 4_210.4, simulated: 3_102 },
      { currency: 'USD', now: 84, simulated: 37.2 },
    ],
  };
}
