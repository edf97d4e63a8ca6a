import {
  LiveDetail,
  LiveResource,
} from '@greenroom/plugin-environments-common';
import { DAY, iso, MINUTE, SAMPLE_NOW } from './builders';

export function aLiveResource(part: Partial<LiveResource> = {}): LiveResource {
  const { kind = 'Deployment', name = 'web', namespace = 'shop-demo' } = part;
  return {
    id: `${kind} ${namespace}/${name}`,
    group: kind === 'Deployment' || kind === 'ReplicaSet' ? 'apps' : '',
    kind,
    namespace,
    name,
    health: 'healthy',
    images: [],
    ...part,
  };
}

/** An application in good order: a Deployment with one pod, and a Service. */
export function aLiveDetail(
  part: Partial<LiveDetail> = {},
  now = SAMPLE_NOW,
): LiveDetail {
  const { component = 'app' } = part;
  const images = ['docker.io/library/nginx:1.27'];
  const createdAt = iso(now, -2 * DAY);
  return {
    component,
    driver: 'argocd',
    name: `greenroom-shop-demo-${component}`,
    url: `https://argocd.example.com/applications/greenroom-shop-demo-${component}`,
    sync: 'synced',
    health: 'healthy',
    revision: '4be19c7f0a6cbb3a3d0ee6a1f6dd4a6a58f20e11',
    selfHeals: false,
    resources: [
      aLiveResource({ id: 'd', sync: 'synced', images, createdAt }),
      aLiveResource({
        id: 's',
        kind: 'Service',
        sync: 'synced',
        health: undefined,
        createdAt,
      }),
      aLiveResource({
        id: 'r',
        parentId: 'd',
        kind: 'ReplicaSet',
        name: 'web-6f7d',
        images,
        createdAt,
      }),
      aLiveResource({
        id: 'p',
        parentId: 'r',
        kind: 'Pod',
        name: 'web-6f7d-x2p9q',
        images,
        createdAt,
      }),
    ],
    orphaned: [],
    omittedResources: 0,
    changes: [],
    history: [
      {
        id: '2',
        revision: '4be19c7f0a6cbb3a3d0ee6a1f6dd4a6a58f20e11',
        deployedAt: iso(now, -DAY),
        source: 'https://git.example.com/shop.git deploy',
      },
      {
        id: '1',
        revision: '91ab0e2c55d14d2e8f60f3a0ce80d0c1c0b5a7d3',
        deployedAt: createdAt,
        source: 'https://git.example.com/shop.git deploy',
      },
    ],
    operation: {
      phase: 'succeeded',
      message: 'successfully synced (all tasks run)',
      startedAt: iso(now, -DAY - MINUTE),
      finishedAt: iso(now, -DAY),
      by: 'user:default/mira',
      revision: '4be19c7f0a6cbb3a3d0ee6a1f6dd4a6a58f20e11',
    },
    ...part,
  };
}
