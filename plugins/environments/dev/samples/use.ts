import { EnvironmentIdle } from '@greenroom/plugin-environments-common';
import { DAY, HOUR, iso, MINUTE } from '../../src/testing/builders';

/** What is known of the use of some environments, by their names. */
export function sampleIdle(
  name: string,
  now: number,
): EnvironmentIdle | undefined {
  const usual: EnvironmentIdle = {
    afterSeconds: 14_400,
    then: 'pause',
    bumpSeconds: 28_800,
    quietSince: iso(now, -3.2 * HOUR),
    dueAt: iso(now, 0.8 * HOUR),
    signals: [
      {
        signal: 'probe:requests',
        at: iso(now, -3.2 * HOUR),
        evidence: { value: '0.4166666666666667' },
      },
      {
        signal: 'portal',
        at: iso(now, -4 * HOUR),
        evidence: { by: 'user:default/mira', note: 'page opened' },
      },
    ],
    probes: [
      { name: 'requests', answeredAt: iso(now, -2 * MINUTE), value: '0' },
    ],
  };
  const samples: Record<string, EnvironmentIdle> = {
    'shop-demo': usual,
    'cart-rewrite': {
      ...usual,
      then: 'destroy',
      graceSeconds: 86_400,
      quietSince: iso(now, -DAY),
      dueAt: undefined,
      endsAt: iso(now, 38 * MINUTE),
      probes: [],
    },
    'ledger-replay': {
      ...usual,
      dueAt: undefined,
      standing: 'nobody knows: no answer of the probe requests',
      probes: [
        {
          name: 'requests',
          problem:
            'https://prometheus.monitoring.svc.cluster.example.com/api/v1/query has not answered within 10 s',
          failingSince: iso(now, -5 * HOUR),
        },
      ],
    },
  };
  return samples[name];
}
