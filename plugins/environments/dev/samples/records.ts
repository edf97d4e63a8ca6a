import {
  OrphanState,
  StateVersionSummary,
} from '@greenroom/plugin-environments-common';
import { HOUR, iso } from '../../src/testing/builders';
import { aFailedTeardown, anOrphan } from '../../src/testing/orphanBuilders';

const LONG_ERROR =
  'The security group sg-0a41f7c2 can’t be deleted, since network interface eni-0c9e1f of another account depends on it (DependencyViolation).';

export function sampleOrphans(now: number) {
  const states: OrphanState[] = ['open', 'open', 'open', 'gone', 'forgotten'];
  return states.map((state, index) =>
    anOrphan(
      {
        id: `orphan-${index}`,
        environmentId: 'env-9',
        environmentName:
          index === 1
            ? 'checkout-with-a-name-as-long-as-names-go'
            : 'load-test',
        address:
          index === 1
            ? 'module.network["eu-central-1"].aws_security_group.database'
            : `aws_db_instance.main[${index}]`,
        lastError: index === 1 ? LONG_ERROR : 'Deletion protection is on.',
        state,
        nextAttemptAt: index === 2 ? undefined : iso(now, 40 * 60_000),
        endedAt: state === 'open' ? undefined : iso(now, -HOUR),
        forgotten:
          state === 'forgotten'
            ? { by: 'user:default/jon', reason: 'The account is closed' }
            : undefined,
      },
      now,
    ),
  );
}

export function sampleTeardowns(now: number) {
  return [
    aFailedTeardown(
      {
        environmentId: 'env-9',
        environmentName: 'load-test',
        attempts: 6,
        escalatedAt: iso(now, -2 * HOUR),
      },
      now,
    ),
    aFailedTeardown(
      {
        environmentId: 'env-6',
        environmentName: 'checkout-with-a-name-as-long-as-names-go',
        owner: 'group:default/platform-engineering-enablement',
        lastError: LONG_ERROR,
        orphans: 0,
        nextAttemptAt: undefined,
      },
      now,
    ),
  ];
}

export function sampleStates(now: number): StateVersionSummary[] {
  return Array.from({ length: 7 }, (_, index) => ({
    id: `state-${index}`,
    component: index % 2 === 0 ? 'database' : 'cache',
    serial: 11 - index,
    lineage: '5be0c19a-7b61-4e37-9d2b-1d6c1f0f7c11',
    size: 14_541 - index * 700,
    resources: 6,
    createdAt: iso(now, -index * 5 * HOUR),
    operationId: index === 2 ? undefined : 'env-2-3',
    restored:
      index === 2
        ? {
            by: 'user:default/jon',
            from: 'state-5',
            reason: 'The last run had lost two resources',
          }
        : undefined,
    current: index < 2,
  }));
}
