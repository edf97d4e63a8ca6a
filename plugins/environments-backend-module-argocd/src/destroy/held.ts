import {
  ArgocdManagedResource,
  ArgocdManifest,
} from '@greenroom/plugin-argocd-node';
import { trackedBy } from '../application/names';

interface Metadata {
  deletionTimestamp?: string;
  finalizers?: string[];
  annotations?: Record<string, string>;
}

/** What keeps a resource of an application that is being deleted; undefined where nothing is known to. */
export function heldBy({
  kind,
  name,
  liveState,
}: ArgocdManagedResource): string | undefined {
  const { deletionTimestamp, finalizers = [] } = metadataOf(liveState);
  if (!deletionTimestamp && syncOptionsOf(liveState).includes('Delete=confirm'))
    return `${kind}/${name} waits for somebody who confirms its deletion in Argo CD, as its annotation says`;
  if (!deletionTimestamp || finalizers.length === 0) return undefined;
  return `${kind}/${name} is held by its finalizer ${finalizers.join(', ')}`;
}

/** Those that a deletion of their application leaves behind, each with the reason. */
export function stays(
  resources: ArgocdManagedResource[],
  application: string,
): string[] {
  return resources.flatMap(resource => {
    const { kind, name } = resource;
    const why = whyItStays(resource, application);
    return why ? [`${kind}/${name} (${why})`] : [];
  });
}

function whyItStays(
  { group, kind, liveState = {} }: ArgocdManagedResource,
  application: string,
): string | undefined {
  const { annotations = {} } = metadataOf(liveState);
  if (syncOptionsOf(liveState).includes('Delete=false'))
    return 'its annotation says Delete=false';
  if (annotations['helm.sh/resource-policy'] === 'keep')
    return 'its annotation helm.sh/resource-policy says keep';
  if (group === 'apiextensions.k8s.io' && kind === 'CustomResourceDefinition')
    return 'Argo CD deletes no definition of resources';
  // It goes by this mark. What another application has made its own is that one's.
  if (trackedBy(liveState) === undefined)
    return `somebody has taken away the mark that it belongs to "${application}"`;
  return undefined;
}

function syncOptionsOf(manifest: ArgocdManifest | undefined): string[] {
  const { annotations = {} } = metadataOf(manifest);
  return (annotations['argocd.argoproj.io/sync-options'] ?? '')
    .split(',')
    .map(option => option.trim());
}

function metadataOf(manifest: ArgocdManifest | undefined): Metadata {
  return (manifest?.metadata ?? {}) as Metadata;
}
