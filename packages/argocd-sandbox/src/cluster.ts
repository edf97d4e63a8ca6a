import { isDeepStrictEqual } from 'node:util';
import {
  idOf,
  keyOf,
  Manifest,
  mergePatch,
  ObjectId,
  stored,
  trackedBy,
} from './manifest';

/** On an object: what its health is to be, whatever else there is. */
export const HEALTH_ANNOTATION = 'argocd-sandbox.greenroom.dev/health';

export interface Living {
  manifest: Manifest;
  /** When it became what it is. */
  since: number;
  madeAt: number;
}

/** What a pod, and what makes pods, needs to become ready. */
const TAKES_TIME = ['Deployment', 'StatefulSet', 'DaemonSet', 'Pod', 'Job'];

/** Those that each cluster has from its beginning. */
const NAMESPACES = ['default', 'kube-system'];

/** The objects of a cluster that has no machines. */
export class Cluster {
  readonly #objects = new Map<string, Living>();

  constructor(
    private readonly healthyAfterMs: number,
    private readonly now: () => number,
    private readonly changed: (owner?: string) => void,
  ) {}

  all(): Living[] {
    return [...this.#objects.values()];
  }

  /** As `all` gave them, to a cluster that has none. */
  restore(objects: Living[]): void {
    for (const { manifest, since, madeAt = since } of objects)
      this.#objects.set(keyOf(idOf(manifest)), { manifest, since, madeAt });
  }

  get(id: ObjectId): Manifest | undefined {
    return this.#objects.get(keyOf(id))?.manifest;
  }

  /** Those that say of themselves that they belong to an application. */
  ownedBy(application: string): Manifest[] {
    return this.livingOf(application).map(({ manifest }) => manifest);
  }

  /** The same, with since when they are there. */
  livingOf(application: string): Living[] {
    return this.all().filter(
      ({ manifest }) => trackedBy(manifest) === application,
    );
  }

  hasNamespace(name: string): boolean {
    const id = { group: '', version: 'v1', kind: 'Namespace', namespace: '' };
    return NAMESPACES.includes(name) || this.get({ ...id, name }) !== undefined;
  }

  /** Makes it, or makes it so, and lets fields of others be. */
  apply(manifest: Manifest): void {
    const before = this.get(idOf(manifest));
    const next = mergePatch(before, stored(manifest)) as Manifest;
    // What stays as it is has not to become ready again.
    if (!isDeepStrictEqual(before, next)) this.replace(next);
  }

  /** Puts it there just as it is. */
  replace(manifest: Manifest): void {
    const key = keyOf(idOf(manifest));
    const { deletionTimestamp, finalizers = [] } = manifest.metadata;
    // The last who held a deletion up has let it go.
    if (deletionTimestamp && finalizers.length === 0) this.#objects.delete(key);
    else {
      const since = this.now();
      const madeAt = this.#objects.get(key)?.madeAt ?? since;
      this.#objects.set(key, { manifest, since, madeAt });
    }
    this.changed(trackedBy(manifest));
  }

  /** Takes it away; one with finalizers is only marked, until somebody has taken those away. */
  delete(id: ObjectId): void {
    const before = this.#objects.get(keyOf(id))?.manifest;
    if (!before) return;
    if (before.metadata.finalizers?.length) {
      const deletionTimestamp = new Date(this.now()).toISOString();
      before.metadata = { ...before.metadata, deletionTimestamp };
    } else {
      this.#objects.delete(keyOf(id));
    }
    this.changed(trackedBy(before));
  }

  /** Finds an object by its path in Kubernetes' own API. */
  atPath(path: string): Manifest | undefined {
    const match =
      /^\/apis?\/.*?(?:namespaces\/([^/]+)\/)?([^/]+)\/([^/]+)$/.exec(path);
    if (!match) return undefined;
    const [, namespace = '', plural, name] = match;
    return [...this.#objects.values()]
      .map(({ manifest }) => manifest)
      .find(manifest => {
        const id = idOf(manifest);
        return (
          id.namespace === namespace &&
          `${id.kind.toLowerCase()}s` === plural &&
          id.name === name
        );
      });
  }

  health(id: ObjectId): { status: string; message?: string } | undefined {
    const found = this.#objects.get(keyOf(id));
    if (!found) return { status: 'Missing' };
    const told = found.manifest.metadata.annotations?.[HEALTH_ANNOTATION];
    if (found.manifest.metadata.deletionTimestamp)
      return { status: 'Progressing', message: 'Pending deletion' };
    if (told) return { status: told, message: 'It was told to be so' };
    if (!TAKES_TIME.includes(id.kind)) return undefined;
    return this.becomesReady(id)
      ? { status: 'Progressing', message: 'Waiting for it to become ready' }
      : { status: 'Healthy' };
  }

  /** Whether it takes its time still. */
  becomesReady(id: ObjectId): boolean {
    const found = this.#objects.get(keyOf(id));
    return (
      found !== undefined &&
      TAKES_TIME.includes(id.kind) &&
      this.now() - found.since < this.healthyAfterMs
    );
  }
}
