/** What each component gives, whatever its manifests are. */
export const BUILT_IN_OUTPUTS = {
  namespace: 'where its resources are',
  revision: 'the commit, or the version of the chart, that was synced',
  images: 'what its workloads run',
  urls: 'where it can be opened, by its Ingresses and load balancers',
} as const;

/** `status.loadBalancer.ingress[0].hostname`, `data["some.key"]` */
export const OUTPUT_PATH =
  /^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*|\[\d+\]|\["[^"\]]+"\])*$/;

const STEP = /\["([^"\]]+)"\]|\[(\d+)\]|([A-Za-z_][\w-]*)/g;

/** The value at a path; undefined when there is none. */
export function valueAt(from: unknown, path: string): unknown {
  return [...path.matchAll(STEP)].reduce<unknown>(
    (value, [, quoted, index, word]) => {
      const key = quoted ?? index ?? word;
      return typeof value === 'object' &&
        value !== null &&
        Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined;
    },
    from,
  );
}
