import { Operation } from '@greenroom/plugin-environments-common';
import { SampleData } from '../../src/testing/SampleApi';
import { BLUEPRINTS, VERSIONS } from './blueprints';
import { sampleEnvironments } from './environments';
import { historyOf } from './history';
import { EVERY_RIGHT } from './kept';
import { logOf } from './operations';
import { sampleLeases, sampleWaiting } from './leases';
import { sampleLive } from './live';
import { LARGE_PLAN, UPDATE_PLAN } from './plans';
import { sampleOrphans, sampleStates, sampleTeardowns } from './records';

const RESOURCES = [
  {
    component: 'database',
    address: 'aws_db_instance.main',
    type: 'aws_db_instance',
    externalId: 'shop-demo-db',
  },
  {
    component: 'database',
    address: 'aws_db_subnet_group.main',
    type: 'aws_db_subnet_group',
    externalId: 'shop-demo-subnets',
  },
  {
    component: 'database',
    address: 'random_password.master',
    type: 'random_password',
  },
  {
    component: 'app',
    address:
      'local_file.page["a/very/long/path/that/goes/on/and/on/index.html"]',
    type: 'local_file',
    externalId: '0a41f7c2b0a41f7c2b0a41f7c2b0a41f7c2b0a41',
  },
];

/** Data that has every state and the lengths that pages must bear. */
export function createSamples(): SampleData {
  const now = Date.now();
  const environments = sampleEnvironments(now);
  const operations = [
    ...environments.map(({ latestOperation }) => latestOperation as Operation),
    ...historyOf('env-2', 'shop-demo', now),
  ];
  const sample = sampleLeases('env-2', now);
  const leaseData = {
    ...sample,
    leases: {
      ...Object.fromEntries(
        environments.map(({ id }) => [id, { rights: EVERY_RIGHT }]),
      ),
      ...sample.leases,
    },
  };
  return {
    environments,
    operations,
    teams: [
      'checkout',
      'payments',
      'platform',
      'platform-engineering-enablement',
    ].map(name => `group:default/${name}`),
    logs: Object.fromEntries(operations.map(one => [one.id, logOf(one, now)])),
    ...leaseData,
    live: sampleLive(environments, now),
    waitingLeases: sampleWaiting(environments, now),
    plans: Object.fromEntries(
      operations.map(({ id, kind }) => [
        id,
        kind === 'create' ? LARGE_PLAN : UPDATE_PLAN,
      ]),
    ),
    orphans: sampleOrphans(now),
    failedTeardowns: sampleTeardowns(now),
    stateVersions: { 'env-2': sampleStates(now) },
    resources: Object.fromEntries(
      environments.map(({ id, state }) => [
        id,
        state === 'destroyed' ? [] : RESOURCES,
      ]),
    ),
    blueprints: BLUEPRINTS,
    versions: VERSIONS,
  };
}
