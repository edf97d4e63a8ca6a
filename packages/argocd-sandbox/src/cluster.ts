import { idOf, keyOf, Manifest, mergePatch, ObjectId } from './manifest';

/** On an object: what its health is to be, whatever else there is. */
export const HEALTH_ANNOTATION = 'argocd-sandbox.greenroom.dev/health';

interface Living {
  manifest: Manifest;
  /** Name of the application that made it. */
  owner?: string;
  since: number;
}

/** What a pod, and what makes pods, needs to become ready. */
const TAKES_TIME = ['Deployment', 'StatefulSet', 'DaemonSet', 'Pod', 'Job'];

/** The objects of a cluster that has no machines. */
export class Cluster {
  readonly #objects = new Map<string, Living>();

  constructor(
    private readonly healthyAfterMs: number,
    private readonly now: () => number,
    private readonly changed: (owner?: string) => void,
  ) {}

  get(id: ObjectId): Manifest | undefined {
    return this.#objects.get(keyOf(id))?.manifest;
  }

  ownedBy(owner: string): Manifest[] {
    return [...this.#objects.values()]
      .filter(one => one.owner === owner)
      .map(({ manifest }) => manifest);
  }

  /** Makes it, or makes it so, and lets fields of others be. */
  apply(manifest: Manifest, owner?: string): void {
    const key = keyOf(idOf(manifest));
    const before = this.#objects.get(key);
    this.#objects.set(key, {
      manifest: mergePatch(before?.manifest, manifest) as Manifest,
      owner: owner ?? before?.owner,
      since: this.now(),
    });
    this.changed(owner ?? before?.owner);
  }

  delete(id: ObjectId): void {
    const before = this.#objects.get(keyOf(id));
    if (this.#objects.delete(keyOf(id))) this.changed(before?.owner);
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
    if (told) return { status: told, message: 'It was told to be so' };
    if (!TAKES_TIME.includes(id.kind)) return undefined;
    return this.now() - found.since < this.healthyAfterMs
      ? { status: 'Progressing', message: 'Waiting for it to become ready' }
      : { status: 'Healthy' };
  }
}
