import { Operation, Spec } from './application';
import { Cluster } from './cluster';
import { compare, Compared } from './compare';
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
      ...{ status: 'Synced', syncPhase: 'PreSync' },
      hookPhase: sync.dryRun ? 'Succeeded' : 'Running',
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
  const dry = sync.dryRun ? ' (dry run)' : '';
  return compare(manifests, cluster, name, namespace).map(compared => {
    const { id, target } = compared;
    const result = (status: string, hookPhase: string, message: string) => ({
      ...{ ...id, syncPhase: 'Sync', status, hookPhase, message },
    });
    if (target) {
      const mistake = dry ? undefined : refusal(cluster, id, target);
      if (mistake) return result('SyncFailed', 'Failed', mistake);
      if (!dry) cluster.apply(target);
      // Running until its health is known, which nobody waits for after the last wave.
      const phase = dry ? 'Succeeded' : 'Running';
      return result('Synced', phase, `${applied(compared)}${dry}`);
    }
    if (!sync.prune)
      return result('PruneSkipped', 'Succeeded', 'ignored (requires pruning)');
    if (!dry) cluster.delete(id);
    return result('Pruned', 'Succeeded', `pruned${dry}`);
  });
}

/** In the words of kubectl. */
function applied({ id, live, modified }: Compared): string {
  const kind = [id.kind.toLowerCase(), id.group].filter(Boolean).join('.');
  const done = modified ? 'configured' : 'unchanged';
  return `${kind}/${id.name} ${live ? done : 'created'}`;
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
