import { OperationKind } from './operationTypes';
import { EnvironmentState } from './types';

/** A state in which an environment stays until somebody asks for something. */
export type RestingState = Extract<
  EnvironmentState,
  'running' | 'paused' | 'degraded' | 'failed' | 'destroyed'
>;

/**
 * The kinds of operation that may begin in each state in which an environment can stay. While an
 * operation has it nothing else begins, and `destroyed` is final.
 *
 * @public
 */
export const MAY_BEGIN: Record<RestingState, readonly OperationKind[]> = {
  running: ['update', 'upgrade', 'pause', 'remediate', 'adopt', 'destroy'],
  paused: ['resume', 'destroy'],
  degraded: [
    'update',
    'upgrade',
    'pause',
    'resume',
    'remediate',
    'adopt',
    'destroy',
  ],
  failed: ['create', 'update', 'upgrade', 'remediate', 'adopt', 'destroy'],
  destroyed: [],
};

/** Tells the states in which an environment can stay from those it passes through. */
export function isResting(state: EnvironmentState): state is RestingState {
  return Object.hasOwn(MAY_BEGIN, state);
}

/** Whether an operation of that kind can begin on an environment that no other one has. */
export function mayBegin(
  state: EnvironmentState,
  kind: OperationKind,
): boolean {
  return isResting(state) && MAY_BEGIN[state].includes(kind);
}
