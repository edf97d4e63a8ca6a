import { Manifest } from './manifest';

const LINK = 'link.argocd.argoproj.io/external-link';

/** What an application runs, and where it can be opened. */
export function summaryOf(manifests: Manifest[]) {
  const images = manifests.flatMap(containersOf).map(({ image }) => image);
  const links = manifests.map(({ metadata }) => metadata.annotations?.[LINK]);
  return { images: distinct(images), externalURLs: distinct(links) };
}

/** The containers of what is a pod or makes pods. */
export function containersOf({ kind, spec }: Manifest): { image?: string }[] {
  const own = (spec ?? {}) as PodSpec & { template?: { spec?: PodSpec } };
  return (kind === 'Pod' ? own : own.template?.spec)?.containers ?? [];
}

interface PodSpec {
  containers?: { image?: string }[];
}

function distinct(values: (string | undefined)[]): string[] {
  return [...new Set(values.filter(value => value !== undefined))];
}
