import {
  Environment,
  EnvironmentState,
  EstimatedCost,
  Labels,
} from '@greenroom/plugin-environments-common';
import {
  anEnvironment,
  DAY,
  HOUR,
  iso,
  MINUTE,
} from '../../src/testing/builders';
import { componentsIn } from './components';
import { keptLeases } from './kept';
import { operationOf } from './operations';
import { sampleSchedule } from './sleeps';
import { sampleIdle } from './use';

interface Seed {
  name: string;
  state?: EnvironmentState;
  blueprint?: string;
  owner?: string;
  age: number;
  /** Time left; absent for no expiry. */
  left?: number;
  total?: number;
  labels?: Labels;
  /** Names of people. */
  watchedBy?: string[];
}

const SEEDS: Seed[] = [
  {
    name: 'cart-rewrite',
    blueprint: 'preview-web',
    age: 47 * HOUR,
    left: 38 * MINUTE,
  },
  {
    name: 'pr-318',
    state: 'updating',
    blueprint: 'preview-web',
    owner: 'payments',
    age: 23 * HOUR,
    left: 50 * MINUTE,
  },
  {
    name: 'shop-demo',
    age: 2 * DAY,
    left: 6.2 * HOUR,
    total: 3 * DAY,
    labels: { team: 'checkout', ring: '1', 'example.com/ticket': 'SHOP-4711' },
    watchedBy: ['jon'],
  },
  {
    name: 'ledger-replay',
    state: 'degraded',
    blueprint: 'data-lab',
    owner: 'payments',
    age: 2 * DAY,
    left: 9 * HOUR,
  },
  {
    name: 'pr-331',
    state: 'provisioning',
    blueprint: 'preview-web',
    age: 2 * MINUTE,
    left: 24 * HOUR,
  },
  { name: 'fraud-sandbox', owner: 'payments', age: 4 * DAY, left: 26 * HOUR },
  {
    name: 'checkout-with-a-name-as-long-as-names-go',
    blueprint: 'web-service-sandbox-with-database-and-queue',
    owner: 'platform-engineering-enablement',
    age: 9 * DAY,
    left: 45 * HOUR,
    labels: {
      [`${'very-'.repeat(5)}long.example.com/${'key-'.repeat(15)}end`]: `${'value-'.repeat(10)}end`,
      ring: '2',
    },
    watchedBy: ['mira', `jon-${'with-a-long-name-'.repeat(3)}`, 'amir', 'lena'],
  },
  {
    name: 'kafka-lab',
    blueprint: 'data-lab',
    owner: 'platform',
    age: 8 * DAY,
    left: 5 * DAY,
  },
  {
    name: 'staging-eu',
    blueprint: 'staging-shop',
    owner: 'platform',
    age: 212 * DAY,
  },
  {
    name: 'load-test',
    state: 'failed',
    blueprint: 'load-rig',
    owner: 'platform',
    age: 2 * HOUR,
    left: 22 * HOUR,
  },
  {
    name: 'pr-302',
    state: 'destroying',
    blueprint: 'preview-web',
    age: 24 * HOUR,
    left: -3 * MINUTE,
  },
  {
    name: 'search-spike',
    state: 'paused',
    owner: 'platform',
    age: 9 * DAY,
    left: 45 * HOUR,
  },
  { name: 'promo-review', state: 'resuming', age: 6 * DAY, left: 2 * DAY },
  {
    name: 'refunds-qa',
    state: 'pausing',
    owner: 'payments',
    age: 5 * DAY,
    left: 3 * DAY,
  },
  {
    name: 'pr-297',
    state: 'destroyed',
    blueprint: 'preview-web',
    owner: 'payments',
    age: 26 * HOUR,
    left: -2 * HOUR,
  },
];

const MANY: Seed[] = Array.from({ length: 58 }, (_, index) => ({
  name: `pr-${400 + index}`,
  blueprint: 'preview-web',
  owner: index % 3 === 0 ? 'payments' : 'checkout',
  age: (index + 1) * HOUR,
  left: (index + 27) * HOUR,
}));

const OUTPUTS = [
  {
    name: 'url',
    title: 'Open the site',
    value: 'https://shop-demo.sandbox.example',
    sensitive: false,
  },
  {
    name: 'dashboard',
    title: 'Dashboard',
    value:
      'https://grafana.example/d/a-rather-long-address-of-a-dashboard/shop-demo?orgId=1',
    sensitive: false,
  },
  { name: 'database_url', title: 'database_url', sensitive: true },
  {
    name: 'cache',
    title: 'Cache',
    value: { host: 'cache.svc', port: 6379 },
    sensitive: false,
  },
];

/** By blueprint; of the others nobody has estimated it. */
const COSTS: Record<string, EstimatedCost> = {
  'preview-web': { perDay: 0.4, asleepPerDay: 0.4, currency: 'EUR' },
  'data-lab': { perDay: 6.85, asleepPerDay: 0.15, currency: 'EUR' },
  'load-rig': { perDay: 1_234.5, asleepPerDay: 120, currency: 'USD' },
  'site-sandbox': { perDay: 1.2, asleepPerDay: 0.15, currency: 'EUR' },
};

/** Seventy environments, in every state and with names of every length. */
export function sampleEnvironments(now: number): Environment[] {
  return [...SEEDS, ...MANY].map((seed, index) =>
    toEnvironment(seed, index, now),
  );
}

function toEnvironment(seed: Seed, index: number, now: number): Environment {
  const { name, state = 'running', age, left } = seed;
  const id = `env-${index}`;
  const total = seed.total ?? (left ?? 0) + age;
  const blueprint = seed.blueprint ?? 'site-sandbox';
  return anEnvironment(
    {
      id,
      name,
      state,
      labels: seed.labels ?? {},
      owner: `group:default/${seed.owner ?? 'checkout'}`,
      createdBy: index % 4 === 2 ? 'user:default/mira' : 'user:default/jon',
      blueprint: {
        name: blueprint,
        title: blueprint,
        version: '1.2.0',
        entityRef: `environmentblueprint:default/${blueprint}`,
      },
      createdAt: iso(now, -age),
      destroyedAt:
        state === 'destroyed' ? iso(now, (left ?? 0) + 40_000) : undefined,
      lease: {
        grantedAt: iso(now, (left ?? 0) - total),
        expiresAt: left === undefined ? undefined : iso(now, left),
        lastWarningAt: left === undefined ? undefined : iso(now, left - HOUR),
        onExpiry: 'destroy',
        reason:
          left === undefined
            ? 'the blueprint sets no end'
            : `${Math.round(total / HOUR)} h of the blueprint`,
        ...keptLeases(now)[name],
      },
      cost: COSTS[blueprint],
      outputs: OUTPUTS,
      watchers: seed.watchedBy?.map(person => ({
        watcher: `user:default/${person}`,
        since: iso(now, -HOUR),
      })),
      idle: sampleIdle(name, now),
      schedule: sampleSchedule(name, now),
      components: componentsIn(state),
      latestOperation: operationOf(id, name, state, now),
      activeOperation:
        state.endsWith('ing') && state !== 'running'
          ? operationOf(id, name, state, now)
          : undefined,
    },
    now,
  );
}
