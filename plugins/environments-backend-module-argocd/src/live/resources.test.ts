import {
  ArgocdResourceNode,
  ArgocdResourceState,
} from '@greenroom/plugin-argocd-node';
import { resourcesOf } from './resources';

const idOf = (kind: string, name: string) => ({
  ...{ group: '', version: 'v1', namespace: 'shop' },
  ...{ kind, name },
});
const node = (
  kind: string,
  name: string,
  more: Partial<ArgocdResourceNode> = {},
): ArgocdResourceNode => ({
  ...idOf(kind, name),
  ...{ parentRefs: [], info: [], images: [], ...more },
});
const declared = (
  kind: string,
  name: string,
  more: Partial<ArgocdResourceState> = {},
): ArgocdResourceState => ({
  ...idOf(kind, name),
  ...{ status: 'Synced', requiresPruning: false, ...more },
});

it('has what is missing in the cluster, and puts parents before what came of them', () => {
  const pod = node('Pod', 'a-pod', {
    parentRefs: [idOf('ReplicaSet', 'set')],
    images: ['web:1'],
    health: { status: 'Degraded' },
    info: [{ name: 'Status Reason', value: 'CrashLoopBackOff' }],
    createdAt: '2026-11-22T09:00:00Z',
  });
  const set = node('ReplicaSet', 'set', {
    parentRefs: [idOf('Web', 'web')],
  });
  const { resources } = resourcesOf(
    [
      declared('Web', 'web', { status: 'OutOfSync' }),
      declared('ConfigMap', 'lost', {
        status: 'OutOfSync',
        health: { status: 'Missing', message: '<script>' },
      }),
    ],
    { nodes: [pod, set, node('Web', 'web')], orphanedNodes: [] },
    true,
  );
  expect(resources).toEqual([
    {
      ...{ id: '/ConfigMap/shop/lost', group: '', kind: 'ConfigMap' },
      ...{ name: 'lost', namespace: 'shop', images: [] },
      ...{ sync: 'outOfSync', health: 'missing', message: '<script>' },
    },
    {
      ...{ id: '/Web/shop/web', group: '', kind: 'Web' },
      ...{ name: 'web', namespace: 'shop', images: [], sync: 'outOfSync' },
    },
    {
      ...{ id: '/ReplicaSet/shop/set', parentId: '/Web/shop/web' },
      ...{ group: '', kind: 'ReplicaSet', name: 'set' },
      ...{ namespace: 'shop', images: [] },
    },
    {
      ...{ id: '/Pod/shop/a-pod', parentId: '/ReplicaSet/shop/set' },
      ...{ group: '', kind: 'Pod', name: 'a-pod', namespace: 'shop' },
      ...{ health: 'degraded', message: 'CrashLoopBackOff' },
      ...{ images: ['web:1'], createdAt: '2026-11-22T09:00:00Z' },
    },
  ]);
});

it('takes a namespace for one, with and without the namespace it is said to lie in', () => {
  const { resources } = resourcesOf(
    [declared('Namespace', 'shop', { namespace: undefined })],
    { nodes: [node('Namespace', 'shop')], orphanedNodes: [] },
    true,
  );
  expect(resources.map(({ id }) => id)).toEqual(['/Namespace//shop']);
});

it('says of nothing that it is synced while nothing can be compared', () => {
  const { resources } = resourcesOf(
    [declared('ConfigMap', 'a')],
    { nodes: [node('ConfigMap', 'a')], orphanedNodes: [] },
    false,
  );
  expect(resources).toMatchObject([{ sync: 'unknown' }]);
});

it('is not led in a circle by owners that own each other, and forgets owners that are not told of', () => {
  const { resources } = resourcesOf(
    [],
    {
      nodes: [
        node('A', 'a', { parentRefs: [idOf('B', 'b')] }),
        node('B', 'b', { parentRefs: [idOf('A', 'a')] }),
        node('C', 'c', { parentRefs: [idOf('Nobody', 'n')] }),
      ],
      orphanedNodes: [],
    },
    true,
  );
  expect(resources.map(({ id, parentId }) => [id, parentId])).toEqual([
    ['/C/shop/c', undefined],
    ['/A/shop/a', undefined],
    ['/B/shop/b', undefined],
  ]);
});

it('keeps 500, what came of the application first, and counts the rest', () => {
  const many = (kind: string, count: number) =>
    Array.from({ length: count }, (_, n) => node(kind, `${n}`));
  const found = (own: number, nobodys: number) => {
    const { resources, orphaned, omittedResources } = resourcesOf(
      [],
      { nodes: many('Own', own), orphanedNodes: many('Other', nobodys) },
      true,
    );
    return [resources.length, orphaned.length, omittedResources];
  };
  expect(found(400, 50)).toEqual([400, 50, 0]);
  expect(found(400, 150)).toEqual([400, 100, 50]);
  expect(found(700, 3)).toEqual([500, 0, 203]);
});
