import {
  BlueprintVersionSummary,
  ComponentState,
  EnvironmentState,
  LiveHealth,
  LiveSync,
  OperationState,
  OrphanState,
  StepState,
} from '@greenroom/plugin-environments-common';

/** Each state is told apart by its shape; the colour only repeats it. */
export type Shape =
  | 'filled'
  | 'half'
  | 'hollow'
  | 'dotted'
  | 'ring'
  | 'bars'
  | 'hand'
  | 'tick'
  | 'cross'
  | 'barred'
  | 'hourglass'
  | 'dash'
  | 'unequal';

export type Tone = 'success' | 'warning' | 'danger' | 'info' | 'neutral';

export interface StateView {
  word: string;
  shape: Shape;
  tone: Tone;
}

const view = (word: string, shape: Shape, tone: Tone): StateView => ({
  word,
  shape,
  tone,
});

const ENVIRONMENT: Record<EnvironmentState, StateView> = {
  provisioning: view('Provisioning', 'ring', 'info'),
  running: view('Running', 'filled', 'success'),
  updating: view('Updating', 'ring', 'info'),
  pausing: view('Pausing', 'ring', 'info'),
  paused: view('Paused', 'bars', 'neutral'),
  resuming: view('Resuming', 'ring', 'info'),
  degraded: view('Degraded', 'half', 'warning'),
  failed: view('Failed', 'cross', 'danger'),
  destroying: view('Destroying', 'ring', 'info'),
  destroyed: view('Destroyed', 'dash', 'neutral'),
};

const EXPIRING = view('Expiring', 'hourglass', 'warning');

/** `expiring` is no state of its own: it is what a running environment is after its last warning. */
export function environmentStateView(
  state: EnvironmentState,
  expiring = false,
): StateView {
  return state === 'running' && expiring ? EXPIRING : ENVIRONMENT[state];
}

export const OPERATION_VIEWS: Record<OperationState, StateView> = {
  pending: view('Pending', 'dotted', 'neutral'),
  queued: view('Queued', 'hollow', 'neutral'),
  running: view('Running', 'ring', 'info'),
  waiting: view('Waiting for confirmation', 'hand', 'warning'),
  succeeded: view('Succeeded', 'tick', 'success'),
  failed: view('Failed', 'cross', 'danger'),
  cancelled: view('Cancelled', 'barred', 'neutral'),
};

export const STEP_VIEWS: Record<StepState, StateView> = {
  waiting: view('Waiting', 'hollow', 'neutral'),
  running: view('Running', 'ring', 'info'),
  succeeded: view('Succeeded', 'tick', 'success'),
  unchanged: view('No change', 'dash', 'neutral'),
  failed: view('Failed', 'cross', 'danger'),
  cancelled: view('Cancelled', 'barred', 'neutral'),
  skipped: view('Not started', 'dash', 'neutral'),
};

export const COMPONENT_VIEWS: Record<ComponentState, StateView> = {
  waiting: view('Waiting', 'hollow', 'neutral'),
  working: view('Working', 'ring', 'info'),
  ready: view('Ready', 'filled', 'success'),
  paused: view('Paused', 'bars', 'neutral'),
  failed: view('Failed', 'cross', 'danger'),
  absent: view('Absent', 'dotted', 'neutral'),
  gone: view('Gone', 'dash', 'neutral'),
};

export const ORPHAN_VIEWS: Record<OrphanState, StateView> = {
  open: view('Left over', 'half', 'warning'),
  gone: view('Gone', 'tick', 'success'),
  forgotten: view('Forgotten', 'dash', 'neutral'),
};

export const SYNC_VIEWS: Record<LiveSync, StateView> = {
  synced: view('Synced', 'tick', 'success'),
  outOfSync: view('Out of sync', 'unequal', 'warning'),
  unknown: view('Not compared', 'dotted', 'neutral'),
};

export const HEALTH_VIEWS: Record<LiveHealth, StateView> = {
  healthy: view('Healthy', 'filled', 'success'),
  progressing: view('Progressing', 'ring', 'info'),
  degraded: view('Degraded', 'half', 'warning'),
  missing: view('Missing', 'cross', 'danger'),
  suspended: view('Suspended', 'bars', 'neutral'),
  unknown: view('Health unknown', 'dotted', 'neutral'),
};

export const VERSION_VIEWS: Record<
  BlueprintVersionSummary['status'],
  StateView
> = {
  validating: view('Validating', 'ring', 'info'),
  draft: view('Draft', 'dotted', 'neutral'),
  published: view('Published', 'tick', 'success'),
  deprecated: view('Deprecated', 'half', 'warning'),
  retired: view('Retired', 'dash', 'neutral'),
  rejected: view('Rejected', 'cross', 'danger'),
};
