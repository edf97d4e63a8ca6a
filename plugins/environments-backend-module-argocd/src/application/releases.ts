import { ArgocdSource } from '@greenroom/plugin-argocd-node';

/**
 * The sources with the name of its release at each chart. Argo CD takes that of the application
 * where none is given, and the application that a plan is tried with has another one.
 *
 * @param types - what Argo CD found each source to be, where that is known
 */
export function withReleases(
  sources: ArgocdSource[],
  name: string,
  types: string[] = [],
): ArgocdSource[] {
  return sources.map((source, index) => {
    const helm = helmOf(source);
    const isChart = helm || source.chart || types[index] === 'Helm';
    if (!isChart || helm?.releaseName) return source;
    return { ...source, helm: { ...helm, releaseName: name } };
  });
}

/** Whether charts of both have the same releases. */
export function haveSameReleases(
  one: ArgocdSource[],
  other: ArgocdSource[],
): boolean {
  const names = (sources: ArgocdSource[]) =>
    JSON.stringify(sources.map(source => helmOf(source)?.releaseName ?? ''));
  return names(one) === names(other);
}

function helmOf(source: ArgocdSource): { releaseName?: string } | undefined {
  return source.helm as { releaseName?: string } | undefined;
}
