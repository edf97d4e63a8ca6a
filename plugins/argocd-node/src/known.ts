import { ArgocdApplication, ArgocdApplicationEvent } from './types';

/** What was said so far, so that nothing is said twice and nothing is lost. */
export class Known {
  readonly #applications = new Map<string, ArgocdApplication>();

  *take({
    type,
    application,
  }: ArgocdApplicationEvent): Generator<ArgocdApplicationEvent> {
    const key = keyOf(application);
    const before = this.#applications.get(key);
    if (type === 'DELETED') {
      if (this.#applications.delete(key)) yield { type, application };
      return;
    }
    if (before && !differs(before, application)) return;
    this.#applications.set(key, application);
    yield { type: before ? 'MODIFIED' : 'ADDED', application };
  }

  *compare(current: ArgocdApplication[]): Generator<ArgocdApplicationEvent> {
    const present = new Set(current.map(keyOf));
    for (const [key, application] of [...this.#applications])
      if (!present.has(key)) yield* this.take({ type: 'DELETED', application });
    for (const application of current)
      yield* this.take({ type: 'MODIFIED', application });
  }
}

/** One that is made again under the same name is another one. */
function keyOf({ metadata }: ArgocdApplication): string {
  return `${metadata.namespace ?? ''}/${metadata.name}/${metadata.uid ?? ''}`;
}

function differs(before: ArgocdApplication, after: ArgocdApplication) {
  const { resourceVersion } = after.metadata;
  return (
    resourceVersion === undefined ||
    before.metadata.resourceVersion !== resourceVersion
  );
}
