import {
  ArgocdApplication,
  ArgocdHistoryEntry,
  ArgocdOperationState,
  ArgocdSource,
} from '@greenroom/plugin-argocd-node';
import {
  LiveHistoryEntry,
  LiveOperation,
} from '@greenroom/plugin-environments-common';
import { askedBy } from '../application/asked';

/** What ran before, newest first. */
export function historyOf({ status }: ArgocdApplication): LiveHistoryEntry[] {
  return status.history
    .map(entry => {
      const { id, deployedAt, sources } = entry;
      return {
        id: String(id),
        revision: revisionOf(entry),
        ...(deployedAt && { deployedAt }),
        ...(sources.length > 0 && { source: sources.map(placeOf).join(', ') }),
      };
    })
    .reverse();
}

function revisionOf({
  revision,
  revisions,
}: Pick<ArgocdHistoryEntry, 'revision' | 'revisions'>): string {
  return revisions.length > 0 ? revisions.join(' ') : revision;
}

/** Repository and path; an account in the address is nobody's to read. */
function placeOf({ repoURL, path, chart }: ArgocdSource): string {
  return [repoURL.replace(/^([a-z+]+:\/\/)[^/]*@/i, '$1'), path ?? chart]
    .filter(Boolean)
    .join(' ');
}

const PHASES: Record<ArgocdOperationState['phase'], LiveOperation['phase']> = {
  Running: 'running',
  Terminating: 'terminating',
  Succeeded: 'succeeded',
  Failed: 'failed',
  Error: 'failed',
};

/** The last operation, or the one under way; undefined before the first one. */
export function operationOf(
  application: ArgocdApplication,
): LiveOperation | undefined {
  const { operation: waiting, status } = application;
  const last = status.operationState;
  // What was asked for just now stands beside the outcome of the one before.
  if (waiting && (!last || last.finishedAt))
    return { phase: 'running', message: '', ...by(application, waiting) };
  if (!last) return undefined;
  const { phase, message, startedAt, finishedAt, syncResult } = last;
  const revision = syncResult && revisionOf(syncResult);
  return {
    phase: PHASES[phase],
    message,
    ...(startedAt && { startedAt }),
    ...(finishedAt && { finishedAt }),
    ...by(application, last.operation),
    ...(revision && { revision }),
  };
}

function by(...asked: Parameters<typeof askedBy>) {
  const who = askedBy(...asked);
  return who === undefined ? {} : { by: who };
}
