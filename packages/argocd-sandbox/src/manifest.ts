/** A Kubernetes object, as far as it is looked at here. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    annotations?: Record<string, string>;
    labels?: Record<string, string>;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/** What tells one object from all others. */
export interface ObjectId {
  group: string;
  version: string;
  kind: string;
  namespace: string;
  name: string;
}

const CLUSTER_WIDE = [
  'Namespace',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'PersistentVolume',
  'StorageClass',
];

export function idOf({ apiVersion, kind, metadata }: Manifest): ObjectId {
  const [version, group = ''] = apiVersion.split('/').reverse();
  return {
    group,
    version,
    kind,
    namespace: CLUSTER_WIDE.includes(kind) ? '' : (metadata.namespace ?? ''),
    name: metadata.name,
  };
}

export function keyOf({ group, kind, namespace, name }: ObjectId): string {
  return [group, kind, namespace, name].join('/');
}

/** The namespace of the destination, for what names none and belongs to one. */
export function inNamespace(manifest: Manifest, namespace: string): Manifest {
  if (CLUSTER_WIDE.includes(manifest.kind) || manifest.metadata.namespace)
    return manifest;
  return { ...manifest, metadata: { ...manifest.metadata, namespace } };
}

export function isHook({ metadata }: Manifest): boolean {
  return metadata.annotations?.['argocd.argoproj.io/hook'] !== undefined;
}

/** A JSON merge patch: null removes, objects are merged, all else is replaced. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
