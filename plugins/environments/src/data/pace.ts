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
  'destroying',
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

export function isOperationActive(state: OperationState): boolean {
  return state === 'queued' || state === 'running';
}

export function paceOf(busy: boolean): number {
  return busy ? BUSY_MS : CALM_MS;
}
