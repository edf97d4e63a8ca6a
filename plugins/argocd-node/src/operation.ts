import { ArgocdApplication, ArgocdOperationState } from './types';

/** How far the operation is that was asked for with an info. */
export type ArgocdProgress =
  /** Not begun, or under way. */
  | { state: 'pending' | 'running' }
  | { state: 'over'; operation: ArgocdOperationState }
  /** Another operation has come after it, or before it could begin. */
  | { state: 'superseded' };

/**
 * Reads an operation's progress by the info it was given. An application keeps the outcome of
 * its last operation alone, and shows the one before for a moment after a new one was asked for.
 *
 * @param known - `before`: the last operation when ours was asked for. Where nothing else is seen,
 *   Argo CD has not got round to telling of ours
 */
export function progressOf(
  application: ArgocdApplication,
  info: { name: string; value: string },
  known?: { before: ArgocdOperationState | undefined },
): ArgocdProgress {
  const { operation: waiting, status } = application;
  const last = status.operationState;
  const isOurs = (one: { info: { name: string; value: string }[] }) =>
    one.info.some(
      ({ name, value }) => name === info.name && value === info.value,
    );
  const underWay = last && ['Running', 'Terminating'].includes(last.phase);
  if (last && isOurs(last.operation) && (!waiting || isOurs(waiting))) {
    // While `operation` is still there, more may come.
    return underWay || waiting
      ? { state: 'running' }
      : { state: 'over', operation: last };
  }
  if (waiting && isOurs(waiting)) return { state: 'pending' };
  if (known && !waiting && last?.startedAt === known.before?.startedAt)
    return { state: 'pending' };
  return { state: 'superseded' };
}

/**
 * What keeps Argo CD from comparing. While there is something, sync states, diffs and
 * `requiresPruning` mean nothing.
 */
export function comparisonErrors({ status }: ArgocdApplication): string[] {
  return status.conditions
    .filter(({ type }) => type === 'ComparisonError')
    .map(({ message }) => message);
}
