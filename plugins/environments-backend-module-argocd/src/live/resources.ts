import {
  ArgocdResourceId,
  ArgocdResourceNode,
  ArgocdResourceState,
  ArgocdResourceTree,
} from '@greenroom/plugin-argocd-node';
import { LiveResource } from '@greenroom/plugin-environments-common';
import { HEALTH, SYNC } from './state';

/** More than anybody looks through; the rest is counted. */
const MOST = 500;

/**
 * Everything that came of an application. Each source knows what the other doesn't: the last
 * comparison knows what is missing and what is out of sync, the tree what the cluster made of it.
 */
export function resourcesOf(
  declared: ArgocdResourceState[],
  { nodes, orphanedNodes }: ArgocdResourceTree,
  isCompared: boolean,
) {
  const states = new Map(declared.map(one => [idOf(one), one]));
  const inTree = new Map(nodes.map(one => [idOf(one), one]));
  const ids = [...new Set([...states.keys(), ...inTree.keys()])].sort();
  const resources = parentsFirst(
    ids.map(id => resourceOf(id, inTree.get(id), states.get(id), isCompared)),
  );
  const others = new Map(orphanedNodes.map(one => [idOf(one), one]));
  const orphaned = parentsFirst(
    [...others.keys()].sort().map(id => resourceOf(id, others.get(id))),
  );
  return {
    resources: resources.slice(0, MOST),
    orphaned: orphaned.slice(0, Math.max(0, MOST - resources.length)),
    omittedResources: Math.max(0, resources.length + orphaned.length - MOST),
  };
}

/** @param node, state - at least one of them */
function resourceOf(
  id: string,
  node?: ArgocdResourceNode,
  state?: ArgocdResourceState,
  isCompared = true,
): LiveResource {
  const { group, kind, name, namespace } = (node ?? state)!;
  const health = node?.health ?? state?.health;
  const sync = state?.status && (isCompared ? SYNC[state.status] : 'unknown');
  const isWell = !health || health.status === 'Healthy';
  // A pod's reason, as CrashLoopBackOff, is no part of its health.
  const reason = isWell
    ? undefined
    : node?.info.find(one => one.name === 'Status Reason')?.value;
  const message = health?.message || reason;
  const parent = state ? undefined : node?.parentRefs.at(0);
  return {
    id,
    ...(parent && { parentId: idOf(parent) }),
    ...{ group, kind, name },
    ...(namespace && { namespace }),
    ...(sync && { sync }),
    ...(health && { health: HEALTH[health.status] }),
    ...(message && { message }),
    images: node?.images ?? [],
    ...(node?.createdAt && { createdAt: node.createdAt }),
  };
}

/** Argo CD tells of a namespace now with, now without the one it lies in. */
function idOf({ group, kind, namespace, name }: ArgocdResourceId): string {
  const within = kind === 'Namespace' ? undefined : namespace;
  return [group, kind, within ?? '', name].join('/');
}

/** Level by level; what came of something that is not told of is first, too. */
function parentsFirst(all: LiveResource[]): LiveResource[] {
  const ids = new Set(all.map(({ id }) => id));
  const ordered = new Map<string, LiveResource>();
  let left = all.map(one => (ids.has(one.parentId ?? '') ? one : orphan(one)));
  while (left.length > 0) {
    const next = left.filter(
      ({ parentId }) => parentId === undefined || ordered.has(parentId),
    );
    // Owners in a circle: nobody comes first.
    const level = next.length > 0 ? next : left.map(orphan);
    for (const one of level) ordered.set(one.id, one);
    left = left.filter(({ id }) => !ordered.has(id));
  }
  return [...ordered.values()];
}

function orphan({ parentId: _, ...resource }: LiveResource): LiveResource {
  return resource;
}
