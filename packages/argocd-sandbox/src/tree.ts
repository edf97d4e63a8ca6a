import { createHash } from 'node:crypto';
import { Cluster, Living } from './cluster';
import { idOf, keyOf, Manifest, ObjectId } from './manifest';
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

type Ref = ObjectId & { uid: string };

type Node = Ref & {
  parentRefs?: Ref[];
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
    const own = { ...refTo(id), ...more };
    if (!Object.hasOwn(MAKES_PODS, manifest.kind)) return [own];
    if (!MAKES_PODS[manifest.kind])
      return [own, ...podsOf(manifest, own, manifest.metadata.name)];
    const name = `${manifest.metadata.name}-${digestOf(manifest)}`;
    const set = {
      ...own,
      ...refTo({ ...id, kind: 'ReplicaSet', name }),
      parentRefs: [refTo(id)],
    };
    return [own, set, ...podsOf(manifest, set, name)];
  });
}

function podsOf(manifest: Manifest, parent: Node, name: string): Node[] {
  const { replicas = 1 } = (manifest.spec ?? {}) as { replicas?: number };
  const { group, version, kind, namespace } = parent;
  const core = { group: '', version: 'v1', kind: 'Pod', namespace };
  return Array.from({ length: Math.min(replicas, MOST_PODS) }, (_, n) => ({
    ...parent,
    ...refTo({ ...core, name: `${name}-${n}` }),
    parentRefs: [refTo({ group, version, kind, namespace, name: parent.name })],
    images: containersOf(manifest).flatMap(({ image }) => image ?? []),
  }));
}

/** With what a cluster would tell it by, the same at each look. */
function refTo(id: ObjectId): Ref {
  const digits = createHash('sha256').update(keyOf(id)).digest('hex');
  const uid = /^(.{8})(.{4})(.{4})(.{4})(.{12})/.exec(digits)!.slice(1);
  return { ...id, uid: uid.join('-') };
}

/** Another one whenever the pods are to be others. */
function digestOf({ spec }: Manifest): string {
  const { template } = (spec ?? {}) as { template?: unknown };
  return createHash('sha256')
    .update(JSON.stringify(template ?? null))
    .digest('hex')
    .slice(0, 8);
}
