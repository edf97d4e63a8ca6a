import {
  LiveComponent,
  LiveDetail,
  ResourceChange,
} from '@greenroom/plugin-environments-common';
import { HEALTH_VIEWS, SYNC_VIEWS } from '../state/states';

/** `4be19c7` for a commit; versions of charts and names of branches stay as they are. */
export function shortRevision(revision: string): string {
  return revision.replace(/\b([0-9a-f]{7})[0-9a-f]{33,57}\b/gi, '$1');
}

/** `app is degraded and out of sync` */
export function standing(live: LiveComponent): string {
  const words = [HEALTH_VIEWS[live.health], SYNC_VIEWS[live.sync]]
    .map(({ word }) => word.toLowerCase())
    .join(' and ');
  return `${live.component} is ${words}`;
}

/** It changes at this moment, so that it is worth looking again soon. */
export function isMoving(live: LiveComponent & Partial<LiveDetail>): boolean {
  return live.health === 'progressing' || isSyncing(live.operation);
}

export function isSyncing(operation: LiveDetail['operation']): boolean {
  return operation?.phase === 'running' || operation?.phase === 'terminating';
}

/** How a resource differs from what was declared. */
export function differenceText({ action, attributes }: ResourceChange): string {
  if (action === 'add') return 'there, and not declared';
  if (action === 'remove') return 'declared, and not there';
  return attributes.length === 1
    ? '1 attribute differs'
    : `${attributes.length} attributes differ`;
}

/** What a sync does about a difference. */
export function undoingText({ action, attributes }: ResourceChange): string {
  if (action === 'add') return 'removed, since it is not declared';
  if (action === 'remove') return 'made again';
  return attributes.length === 1
    ? '1 attribute set back'
    : `${attributes.length} attributes set back`;
}
