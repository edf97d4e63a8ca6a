import {
  ArgocdOperationState,
  ArgocdResourceResult,
} from '@greenroom/plugin-argocd-node';

/** What the cluster did not take, each with its words. */
export function failedResources({
  syncResult,
}: ArgocdOperationState): string[] {
  return (syncResult?.resources ?? [])
    .filter(
      ({ status, hookPhase }) =>
        status === 'SyncFailed' ||
        hookPhase === 'Failed' ||
        hookPhase === 'Error',
    )
    .map(
      ({ kind, name, message }) => `${kind}/${name}: ${message ?? 'failed'}`,
    );
}

/** One resource's part of a sync, as a line of the log. */
export function resultLine({
  kind,
  name,
  message,
  hookType,
  hookPhase,
}: ArgocdResourceResult): string {
  const words = message ?? 'under way';
  return hookType
    ? `Hook ${hookType} ${kind}/${name} is ${hookPhase ?? 'waiting'}: ${words}`
    : `${kind}/${name}: ${words}`;
}
