import { Operation, Spec } from './application';
import { Cluster } from './cluster';
import { compare } from './compare';
import { Manifest, nameMistake, ObjectId } from './manifest';

/** On an object in Git: with the value `fail` the cluster does not take it. */
export const SYNC_ANNOTATION = 'argocd-sandbox.greenroom.dev/sync';

/** One resource's part of a sync. */
export type Result = ObjectId & Record<string, string | undefined>;

/**
 * Makes the namespace of the destination where the sync is to.
 *
 * @returns its result; nothing where there is nothing to do
 */
export function takeNamespace(
  cluster: Cluster,
  spec: Spec,
  { sync }: Operation,
): Result[] {
  const name = spec.destination.namespace ?? 'default';
  const { syncOptions = [], managedNamespaceMetadata } = spec.syncPolicy ?? {};
  const options = [...syncOptions, ...(sync.syncOptions ?? [])];
  if (!options.includes('CreateNamespace=true')) return [];
  if (cluster.hasNamespace(name) && !managedNamespaceMetadata) return [];
  const metadata = { name, ...managedNamespaceMetadata };
  if (!sync.dryRun)
    cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata });
  return [
    {
      ...{ group: '', version: 'v1', kind: 'Namespace', namespace: '', name },
      status: 'Synced',
      syncPhase: 'PreSync',
      message: `namespace/${name} ${sync.dryRun ? 'created (dry run)' : 'created'}`,
    },
  ];
}

/** Brings the cluster to what Git says, object by object; one that it does not take is said so. */
export function take(
  cluster: Cluster,
  application: { name: string; namespace: string },
  manifests: Manifest[],
  { sync }: Operation,
): Result[] {
  const { name, namespace } = application;
  return compare(manifests, cluster, name, namespace).map(({ id, target }) => {
    const result = { ...id, syncPhase: 'Sync' };
    if (target) {
      const mistake = sync.dryRun ? undefined : refusal(cluster, id, target);
      if (mistake) return { ...result, status: 'SyncFailed', message: mistake };
      if (!sync.dryRun) cluster.apply(target);
      return { ...result, status: 'Synced', message: 'configured' };
    }
    if (!sync.prune)
      return { ...result, status: 'PruneSkipped', message: 'ignored' };
    if (!sync.dryRun) cluster.delete(id);
    return { ...result, status: 'Pruned', message: 'pruned' };
  });
}

function refusal(
  cluster: Cluster,
  { namespace }: ObjectId,
  target: Manifest,
): string | undefined {
  if (target.metadata.annotations?.[SYNC_ANNOTATION] === 'fail')
    return 'it was told not to be taken';
  if (namespace && !cluster.hasNamespace(namespace))
    return `namespaces "${namespace}" not found`;
  return nameMistake(target);
}
