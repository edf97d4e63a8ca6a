import {
  ArgocdManagedResource,
  ArgocdManifest,
} from '@greenroom/plugin-argocd-node';

interface Metadata {
  deletionTimestamp?: string;
  finalizers?: string[];
  annotations?: Record<string, string>;
}

/** What keeps a resource that is being deleted; undefined where nothing is known to. */
export function heldBy({
  kind,
  name,
  liveState,
}: ArgocdManagedResource): string | undefined {
  const { deletionTimestamp, finalizers = [] } = metadataOf(liveState);
  if (!deletionTimestamp || finalizers.length === 0) return undefined;
  return `${kind}/${name} is held by its finalizer ${finalizers.join(', ')}`;
}

/** Those that a deletion of their application leaves behind, since they say so. */
export function stays(resources: ArgocdManagedResource[]): string[] {
  return resources
    .filter(({ liveState }) => {
      const { annotations = {} } = metadataOf(liveState);
      const options = (annotations['argocd.argoproj.io/sync-options'] ?? '')
        .split(',')
        .map(option => option.trim());
      return (
        options.includes('Delete=false') ||
        annotations['helm.sh/resource-policy'] === 'keep'
      );
    })
    .map(({ kind, name }) => `${kind}/${name}`);
}

function metadataOf(manifest: ArgocdManifest | undefined): Metadata {
  return (manifest?.metadata ?? {}) as Metadata;
}
