import {
  ArgocdClient,
  ArgocdResourceNode,
} from '@greenroom/plugin-argocd-node';
import { Site } from '../application/site';
import { reasonsOf } from './reasons';

const node = (
  kind: string,
  name: string,
  status: NonNullable<ArgocdResourceNode['health']>['status'],
): ArgocdResourceNode => ({
  ...{ group: '', version: 'v1', kind, namespace: 'default', name },
  ...{ uid: name, parentRefs: [], info: [], images: [], health: { status } },
});
const many = (kind: string, status: 'Progressing' | 'Degraded') =>
  Array.from({ length: 9 }, (_, n) =>
    node(kind, `${kind.toLowerCase()}-${n}`, status),
  );

async function reasonsIn(nodes: ArgocdResourceNode[]) {
  const asked: string[] = [];
  const client: Partial<ArgocdClient> = {
    resourceTree: async () => ({ nodes, orphanedNodes: [] }),
    kubernetesEvents: async (_, resource) => {
      asked.push(`events of ${resource?.name}`);
      return [];
    },
    podLog: async (_, { name }) => {
      asked.push(`log of ${name}`);
      return [`${name} says why`];
    },
  };
  const { signal } = new AbortController();
  const ref = { name: 'shop', project: 'default' };
  const site = { client, ref, context: { signal } } as unknown as Site;
  return { asked, reasons: await reasonsOf(site) };
}

it('tells what failed before what is on its way, however late it comes', async () => {
  const { asked, reasons } = await reasonsIn([
    ...many('Pod', 'Progressing'),
    node('Pod', 'crashes', 'Degraded'),
    node('Pod', 'well', 'Healthy'),
  ]);
  expect(reasons.slice(0, 2)).toEqual([
    'Pod/crashes is Degraded',
    'Pod/crashes log: crashes says why',
  ]);
  expect(reasons.at(-1)).toBe('6 more are not well, and were not looked at');
  expect(asked).toHaveLength(8);
});

it('tells of a pod that is on its way, however many of those that made it have failed', async () => {
  const { asked, reasons } = await reasonsIn([
    ...many('Deployment', 'Degraded'),
    node('Pod', 'waits', 'Progressing'),
  ]);
  expect(reasons).toContain('Pod/waits log: waits says why');
  expect(asked).toHaveLength(6);
});
