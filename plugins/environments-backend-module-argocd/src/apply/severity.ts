import {
  ArgocdHealth,
  ArgocdHealthStatus,
} from '@greenroom/plugin-argocd-node';

/** Worst first: what is on its way may wait for what has failed, and is no reason by itself. */
const BY_SEVERITY: ArgocdHealthStatus[] = [
  'Degraded',
  'Unknown',
  'Missing',
  'Progressing',
];

export function isUnwell(health: ArgocdHealth | undefined): boolean {
  return health !== undefined && BY_SEVERITY.includes(health.status);
}

/** The worst first, those that are alike in their order. */
export function worstFirst<T extends { health?: ArgocdHealth }>(all: T[]): T[] {
  const rank = ({ health }: T) =>
    health && isUnwell(health)
      ? BY_SEVERITY.indexOf(health.status)
      : BY_SEVERITY.length;
  return [...all].sort((one, other) => rank(one) - rank(other));
}
