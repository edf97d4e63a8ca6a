/** A Kubernetes object, as far as it is looked at here. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    annotations?: Record<string, string>;
    labels?: Record<string, string>;
    finalizers?: string[];
    deletionTimestamp?: string;
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

const TRACKING = 'argocd.argoproj.io/tracking-id';

/** Marks a manifest as one of an application's, in the way that is usual since Argo CD 3. */
export function tracked(
  manifest: Manifest,
  application: string,
  destination: string,
): Manifest {
  const { group, kind, namespace, name } = idOf(manifest);
  const id = `${application}:${group}/${kind}:${namespace || destination}/${name}`;
  const annotations = { ...manifest.metadata.annotations, [TRACKING]: id };
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}

/** Name of the application that an object says it belongs to. */
export function trackedBy({ metadata }: Manifest): string | undefined {
  return metadata.annotations?.[TRACKING]?.split(':')[0];
}

/** As a cluster keeps it: the plain texts of a Secret become its data. */
export function stored(manifest: Manifest): Manifest {
  const { stringData, data, ...rest } = manifest;
  if (manifest.kind !== 'Secret' || !isObject(stringData)) return manifest;
  const encoded = Object.entries(stringData).map(([key, value]) => [
    key,
    Buffer.from(String(value)).toString('base64'),
  ]);
  const own = isObject(data) ? data : {};
  return {
    ...rest,
    data: { ...own, ...Object.fromEntries(encoded) },
  } as Manifest;
}

/** What Kubernetes would say to a name that it does not take. */
export function nameMistake({ kind, metadata }: Manifest): string | undefined {
  if (/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(metadata.name)) return undefined;
  return `${kind} "${metadata.name}" is invalid: metadata.name: Invalid value: a lowercase RFC 1123 subdomain is wanted`;
}

export function isNamespace({ apiVersion, kind }: Manifest): boolean {
  return kind === 'Namespace' && apiVersion === 'v1';
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

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
