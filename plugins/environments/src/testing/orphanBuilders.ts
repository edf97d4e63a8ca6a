import { FailedTeardown, Orphan } from '@greenroom/plugin-environments-common';
import { HOUR, iso, MINUTE, SAMPLE_NOW } from './builders';

/** A database that three teardowns could not remove. */
export function anOrphan(part: Partial<Orphan> = {}, now = SAMPLE_NOW): Orphan {
  return {
    id: 'orphan-1',
    environmentId: 'env-1',
    environmentName: 'shop-demo',
    component: 'database',
    driver: 'terraform',
    address: 'aws_db_instance.main',
    type: 'aws_db_instance',
    externalId: 'shop-demo-db',
    owner: 'group:default/checkout',
    state: 'open',
    since: iso(now, -5 * HOUR),
    attempts: 3,
    lastError: 'Cannot delete protected DB Instance, disable protection.',
    nextAttemptAt: iso(now, 40 * MINUTE),
    ...part,
  };
}

export function aFailedTeardown(
  part: Partial<FailedTeardown> = {},
  now = SAMPLE_NOW,
): FailedTeardown {
  return {
    environmentId: 'env-1',
    environmentName: 'shop-demo',
    owner: 'group:default/checkout',
    since: iso(now, -5 * HOUR),
    attempts: 3,
    lastError: 'Cannot delete protected DB Instance, disable protection.',
    nextAttemptAt: iso(now, 40 * MINUTE),
    orphans: 2,
    ...part,
  };
}
