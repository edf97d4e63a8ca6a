import {
  Environment,
  LiveDetail,
  LiveHealth,
  LiveResource,
} from '@greenroom/plugin-environments-common';
import { DAY, HOUR, iso, MINUTE } from '../../src/testing/builders';
import { aLiveDetail, aLiveResource } from '../../src/testing/liveBuilders';
import { anAttribute, aResourceChange } from '../../src/testing/planBuilders';
import { SampleLiveData } from '../../src/testing/SampleLive';

const UNREACHABLE = {
  code: 'argocd.unreachable',
  component: 'app',
  message:
    'Argo CD at https://argocd.eu-central-1.example.com does not answer: connect ECONNREFUSED 10.0.3.17:443.',
  remedy:
    'What is shown of others is not touched by this. Ask the operators whether Argo CD is up.',
};

const REFUSED = {
  code: 'argocd.unauthorized',
  message:
    'Argo CD "staging" did not accept its token or account (invalid session: token has expired).',
  remedy:
    'Put a valid token, or account, for it into the configuration; tokens expire and can be revoked',
};

/** What runs of the sample environments: well in most, and in some in every other way. */
export function sampleLive(
  environments: Environment[],
  now: number,
): SampleLiveData {
  const worker = 'worker-with-a-rather-long-name';
  const well = (component: string) => aLiveDetail({ component }, now);
  const special: SampleLiveData = {
    'cart-rewrite': { items: [progressing(now)] },
    'shop-demo': { items: [drifted(now), well(worker)] },
    'ledger-replay': {
      items: [degraded(worker, now)],
      problems: [UNREACHABLE],
    },
    'fraud-sandbox': { items: [] },
    'staging-eu': { items: [], problems: [UNREACHABLE] },
    'load-test': { items: [well('app')], problems: [REFUSED] },
    'checkout-with-a-name-as-long-as-names-go': {
      items: [long(now), well('app'), degraded(worker, now)],
    },
    'kafka-lab': { items: [selfHealing(now)] },
  };
  return Object.fromEntries(
    environments
      .filter(({ state }) => state !== 'destroyed')
      .map(({ id, name }) => [
        id,
        special[name] ?? { items: [well('app'), well(worker)] },
      ]),
  );
}

function drifted(now: number): LiveDetail {
  const detail = aLiveDetail({ sync: 'outOfSync' }, now);
  return {
    ...detail,
    resources: detail.resources.map(one =>
      one.kind === 'Deployment' ? { ...one, sync: 'outOfSync' } : one,
    ),
    orphaned: [
      aLiveResource({
        kind: 'ConfigMap',
        name: 'left-by-somebody',
        health: undefined,
        createdAt: iso(now, -3 * HOUR),
      }),
    ],
    changes: [
      aResourceChange({
        address: 'apps/Deployment/web',
        type: 'Deployment',
        attributes: [
          anAttribute({ path: 'spec.replicas', before: 2, after: 5 }),
          anAttribute({
            path: 'spec.template.spec.containers[0].image',
            before: 'docker.io/library/nginx:1.27',
            after: 'docker.io/library/nginx:1.28-rc1',
          }),
        ],
      }),
      aResourceChange({
        address: 'Secret/web-credentials',
        type: 'Secret',
        attributes: [
          anAttribute({
            path: 'data.password',
            before: undefined,
            after: undefined,
            sensitive: true,
          }),
        ],
      }),
      aResourceChange({
        address: 'ConfigMap/settings',
        type: 'ConfigMap',
        action: 'remove',
        attributes: [
          anAttribute({
            path: 'data.level',
            before: 'info',
            after: undefined,
          }),
        ],
      }),
    ],
    history: [
      ...detail.history,
      ...Array.from({ length: 6 }, (_, index) => ({
        id: `old-${index}`,
        revision: `${index}c1d2e3f0a6cbb3a3d0ee6a1f6dd4a6a58f20e1${index}`,
        deployedAt: iso(now, -(3 + index) * DAY),
        source: 'https://git.example.com/shop.git deploy',
      })),
    ],
  };
}

function progressing(now: number): LiveDetail {
  return aLiveDetail(
    {
      health: 'progressing',
      message:
        'Deployment web: 1 of 2 new pods are available; waiting for the rest.',
      operation: {
        phase: 'running',
        message: 'waiting for healthy state of apps/Deployment/web',
        startedAt: iso(now, -MINUTE),
        by: 'user:default/jon',
        revision: '4be19c7f0a6cbb3a3d0ee6a1f6dd4a6a58f20e11',
      },
    },
    now,
  );
}

function selfHealing(now: number): LiveDetail {
  return aLiveDetail(
    { selfHeals: true, operation: { ...bySystem(now) }, revision: '2.14.0' },
    now,
  );
}

function bySystem(now: number) {
  return {
    phase: 'failed' as const,
    message:
      'one or more objects failed to apply: admission webhook "policy.example.com" denied the request: images must come from registry.example.com',
    startedAt: iso(now, -HOUR),
    finishedAt: iso(now, -HOUR + MINUTE),
  };
}

function degraded(component: string, now: number): LiveDetail {
  const detail = aLiveDetail({ component, health: 'degraded' }, now);
  const message =
    'Back-off 5m0s restarting failed container worker in pod web-6f7d-x2p9q: exit code 1, “no such queue: orders”.';
  return {
    ...detail,
    message: `Pod web-6f7d-x2p9q: ${message}`,
    resources: detail.resources.map(one => ({
      ...one,
      health: one.kind === 'Service' ? one.health : 'degraded',
      message: one.kind === 'Pod' ? message : undefined,
    })),
  };
}

/** Sixty resources with names as long as names go. */
function long(now: number): LiveDetail {
  const createdAt = iso(now, -9 * DAY);
  const image =
    'registry.eu-central-1.example.com/platform-engineering-enablement/checkout/service@sha256:4be19c7f0a6cbb3a3d0ee6a1f6dd4a6a58f20e114be19c7f0a6cbb3a3d0ee6a1';
  const resources = Array.from({ length: 15 }, (_, index): LiveResource[] => {
    const name = `checkout-service-with-a-rather-long-name-${'and-more-'.repeat(index % 3)}${index}`;
    const health: LiveHealth = index === 7 ? 'degraded' : 'healthy';
    const common = { images: [image], createdAt, health };
    return [
      aLiveResource({ ...common, id: `d${index}`, name, sync: 'synced' }),
      aLiveResource({
        ...common,
        id: `r${index}`,
        parentId: `d${index}`,
        kind: 'ReplicaSet',
        name: `${name}-6f7d9c`,
      }),
      ...['x2p9q', 'l8wzt'].map(end =>
        aLiveResource({
          ...common,
          id: `p${index}${end}`,
          parentId: `r${index}`,
          kind: 'Pod',
          name: `${name}-6f7d9c-${end}`,
          message: health === 'degraded' ? 'ImagePullBackOff' : undefined,
        }),
      ),
    ];
  }).flat();
  return aLiveDetail(
    {
      component: 'application-of-the-whole-checkout-with-a-long-name',
      health: 'degraded',
      sync: 'unknown',
      message:
        'Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = unable to resolve "release-2026-11" to a commit SHA',
      omittedResources: 412,
      resources,
    },
    now,
  );
}
