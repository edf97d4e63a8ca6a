import {
  ArgocdApplication,
  comparisonErrors,
} from '@greenroom/plugin-argocd-node';
import { isUnwell, worstFirst } from './severity';

/** How an application is after its sync. */
export type Verdict =
  | { is: 'good' }
  /** May still become good. */
  | { is: 'waiting'; words: string[] }
  /** Something says by itself that it failed. */
  | { is: 'degraded'; words: string[] }
  /** Argo CD can't tell. */
  | { is: 'unknown'; words: string[] };

/** Judges an application; the words name each resource that is not as it should be, the worst first. */
export function judge(application: ArgocdApplication): Verdict {
  const { sync, health } = application.status;
  const errors = comparisonErrors(application);
  if (errors.length > 0) return { is: 'unknown', words: errors };
  const words = wordsOf(application);
  if (health.status === 'Degraded') return { is: 'degraded', words };
  // Suspended is what a CronJob or a rollout is that was told to be.
  const rested = ['Healthy', 'Suspended'].includes(health.status);
  if (sync.status === 'Synced' && rested) return { is: 'good' };
  return { is: 'waiting', words };
}

function wordsOf({ status }: ArgocdApplication): string[] {
  const found = worstFirst(status.resources).flatMap(
    ({ kind, name, health, status: sync }) => {
      if (health && isUnwell(health))
        return [
          `${kind}/${name} is ${health.status}${health.message ? `: ${health.message}` : ''}`,
        ];
      return sync === 'OutOfSync' ? [`${kind}/${name} is OutOfSync`] : [];
    },
  );
  return found.length > 0
    ? found
    : [`The application is ${status.sync.status} and ${status.health.status}`];
}
