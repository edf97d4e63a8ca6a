import { createHash } from 'node:crypto';
import { Cluster, Living } from './cluster';
import { idOf, Manifest, ObjectId } from './manifest';
import { containersOf } from './summary';

/** Those that make pods, and whether a set of replicas is between. */
const MAKES_PODS: Record<string, boolean> = {
  Deployment: true,
  StatefulSet: false,
  DaemonSet: false,
  Job: false,
};

/** As many as anybody wants to see of pods that there are not. */
const MOST_PODS = 20;

type Node = ObjectId & {
  parentRefs?: ObjectId[];
  images?: string[];
  health?: { status: string; message?: string };
  createdAt: string;
};

/** What came of objects: themselves and, where they make such, the pods that a cluster would have. */
export function nodesOf(cluster: Cluster, objects: Living[]): Node[] {
  return objects.flatMap(({ manifest, madeAt }) => {
    const id = idOf(manifest);
    const more = {
      health: cluster.health(id),
      createdAt: new Date(madeAt).toISOString(),
    };
    const own = { ...id, ...more };
    if (!Object.hasOwn(MAKES_PODS, manifest.kind)) return [own];
    if (!MAKES_PODS[manifest.kind])
      return [own, ...podsOf(manifest, own, manifest.metadata.name)];
    const name = `${manifest.metadata.name}-${digestOf(manifest)}`;
    const set = {
      ...own,
      ...{ kind: 'ReplicaSet', name, parentRefs: [id] },
    };
    return [own, set, ...podsOf(manifest, set, name)];
  });
}

function podsOf(manifest: Manifest, parent: Node, name: string): Node[] {
  const { replicas = 1 } = (manifest.spec ?? {}) as { replicas?: number };
  const { group, version, kind, namespace } = parent;
  return Array.from({ length: Math.min(replicas, MOST_PODS) }, (_, n) => ({
    ...parent,
    ...{ group: '', version: 'v1', kind: 'Pod', name: `${name}-${n}` },
    parentRefs: [{ group, version, kind, namespace, name: parent.name }],
    images: containersOf(manifest).flatMap(({ image }) => image ?? []),
  }));
}

/** Another one whenever the pods are to be others. */
function digestOf({ spec }: Manifest): string {
  const { template } = (spec ?? {}) as { template?: unknown };
  return createHash('sha256')
    .update(JSON.stringify(template ?? null))
    .digest('hex')
    .slice(0, 8);
}
