import {
  EnvironmentState,
  OperationState,
} from '@greenroom/plugin-environments-common';

/** While something happens. */
const BUSY_MS = 2500;
/** While nothing does; signals and focus bring changes earlier. */
const CALM_MS = 12_000;

const BUSY_STATES: readonly EnvironmentState[] = [
  'provisioning',
  'updating',
  'pausing',
  'resuming',
  'destroying',
];

const FINAL_STATES: readonly OperationState[] = [
  'succeeded',
  'failed',
  'cancelled',
];

export function isEnvironmentBusy(environment: {
  state: EnvironmentState;
  activeOperation?: unknown;
}): boolean {
  return (
    BUSY_STATES.includes(environment.state) ||
    environment.activeOperation !== undefined
  );
}

/** It has not ended; it may be at work, or wait for a worker, for another operation or for a word. */
export function isOperationUnfinished(state: OperationState): boolean {
  return !FINAL_STATES.includes(state);
}

export function paceOf(busy: boolean): number {
  return busy ? BUSY_MS : CALM_MS;
}
