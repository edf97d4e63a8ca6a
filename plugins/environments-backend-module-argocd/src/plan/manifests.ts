import { ArgocdManifest } from '@greenroom/plugin-argocd-node';
import { JsonObject, JsonValue } from '@greenroom/plugin-environments-common';
import { TRACKING_ANNOTATION } from '../application/names';
import { isMap } from '../spec/overlay';

/** What a cluster writes by itself; no manifest says it and no one reads it in a plan. */
const OF_THE_CLUSTER = [
  'managedFields',
  'resourceVersion',
  'uid',
  'generation',
  'creationTimestamp',
  'selfLink',
];
const MARKS = [
  TRACKING_ANNOTATION,
  'argocd.argoproj.io/installation-id',
  'kubectl.kubernetes.io/last-applied-configuration',
];

/** A manifest without what says nothing to people: the marks of Argo CD and of the cluster. */
export function readable(
  manifest: ArgocdManifest | undefined,
): JsonObject | undefined {
  if (!manifest) return undefined;
  const { metadata, status: _ofTheCluster, ...rest } = manifest as JsonObject;
  if (!isMap(metadata)) return { ...rest };
  const { annotations, ...others } = without(metadata, OF_THE_CLUSTER);
  const own = isMap(annotations) ? without(annotations, MARKS) : {};
  return {
    ...rest,
    metadata: {
      ...others,
      ...(Object.keys(own).length > 0 && { annotations: own }),
    },
  };
}

/** Marks the values of a Secret, which are never shown; the shape is that of `readable`. */
export function secretMarks(
  ...looks: (JsonObject | undefined)[]
): JsonObject | undefined {
  const marks: JsonObject = {};
  for (const look of looks) {
    if (look?.kind !== 'Secret') continue;
    for (const field of ['data', 'stringData']) {
      const values = look[field];
      if (!isMap(values)) continue;
      const former = marks[field];
      marks[field] = {
        ...(isMap(former) && former),
        ...Object.fromEntries(Object.keys(values).map(key => [key, true])),
      };
    }
  }
  return Object.keys(marks).length > 0 ? marks : undefined;
}

/** What a resource will be like, with the values of a Secret left out. */
export function outcomeOf(look: JsonObject | undefined): JsonValue {
  if (look?.kind !== 'Secret') return look ?? null;
  const { data, stringData, ...rest } = look;
  const keys = [data, stringData].flatMap(values =>
    isMap(values) ? Object.keys(values) : [],
  );
  return { ...rest, keys: [...new Set(keys)].sort() };
}

function without(map: JsonObject, keys: string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(map).filter(([key]) => !keys.includes(key)),
  );
}
