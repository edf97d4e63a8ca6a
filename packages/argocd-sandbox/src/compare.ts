import { isDeepStrictEqual } from 'node:util';
import { Cluster } from './cluster';
import {
  idOf,
  isHook,
  isNamespace,
  keyOf,
  Manifest,
  mergePatch,
  ObjectId,
  stored,
} from './manifest';

/** One object as Git and the cluster have it. */
export interface Compared {
  id: ObjectId;
  target?: Manifest;
  live?: Manifest;
  /** What the live one would be after a sync. */
  predicted?: Manifest;
  /** Of one that both have. */
  modified: boolean;
}

/** Sets what is to be beside what is; hooks belong to neither. */
export function compare(
  targets: Manifest[],
  cluster: Cluster,
  owner: string,
  /** The namespace that the application keeps beside what Git says. */
  ownNamespace?: string,
): Compared[] {
  const kept = cluster
    .ownedBy(owner)
    .filter(one => isNamespace(one) && one.metadata.name === ownNamespace);
  const wanted = [
    ...targets.filter(one => !isHook(one)).map(stored),
    // As it is: nothing else is said of it.
    ...kept.map(({ apiVersion, kind, metadata: { name } }) => ({
      apiVersion,
      kind,
      metadata: { name },
    })),
  ];
  const named = new Set(wanted.map(one => keyOf(idOf(one))));
  const present = wanted.map(target => {
    const id = idOf(target);
    const live = cluster.get(id);
    const predicted = mergePatch(live, target) as Manifest;
    const modified = !isDeepStrictEqual(live, predicted);
    return { id, target, live, predicted, modified };
  });
  const extra = cluster
    .ownedBy(owner)
    .filter(live => !isHook(live) && !named.has(keyOf(idOf(live))))
    .map(live => ({ id: idOf(live), live, modified: false }));
  return [...present, ...extra];
}

export const isSynced = ({ target, modified }: Compared): boolean =>
  target !== undefined && !modified;
