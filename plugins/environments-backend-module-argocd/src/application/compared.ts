import {
  ArgocdApplication,
  ArgocdApplicationRef,
  ArgocdClient,
  ArgocdSource,
  comparisonErrors,
} from '@greenroom/plugin-argocd-node';
import { follow } from './follow';
import { haveSameReleases } from './releases';

/**
 * Lets Argo CD look at Git and at the cluster, and waits until it has compared these sources with
 * it, or says why it can't.
 *
 * @throws TookTooLong; the signal's reason when it aborts; ArgocdError
 */
export async function compared(
  client: ArgocdClient,
  ref: ArgocdApplicationRef,
  sources: ArgocdSource[],
  options: { signal: AbortSignal; withinMs: number },
): Promise<ArgocdApplication> {
  const { signal } = options;
  const { application } = await client.refreshed(ref, 'normal', signal);
  if (isCompared(application, sources)) return application;
  return follow(
    client,
    ref,
    // Told again in the same way it would not notice.
    { ...options, refresh: 'hard' },
    one => (one && isCompared(one, sources) ? one : undefined),
  );
}

function isCompared(
  application: ArgocdApplication,
  sources: ArgocdSource[],
): boolean {
  const { status, comparedTo } = application.status.sync;
  return (
    (status !== 'Unknown' && haveSameReleases(comparedTo, sources)) ||
    comparisonErrors(application).length > 0
  );
}
