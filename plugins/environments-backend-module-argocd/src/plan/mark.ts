import { ArgocdApplication } from '@greenroom/plugin-argocd-node';
import { ADOPTED_ANNOTATION } from '../application/adopted';
import { digest } from './digest';

/**
 * What tells an application from the same one after another apply. Its resource version would
 * not do: Argo CD writes into it whenever it looks at it.
 */
export function markOf(application: ArgocdApplication | undefined): string {
  if (!application) return 'none';
  const { metadata, spec, status } = application;
  return digest([
    metadata.uid,
    metadata.deletionTimestamp,
    metadata.annotations?.[ADOPTED_ANNOTATION],
    spec,
    status.history.at(-1)?.id,
  ]);
}
