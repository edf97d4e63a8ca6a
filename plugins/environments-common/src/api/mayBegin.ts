import { OperationKind } from './operationTypes';
import { EnvironmentState } from './types';

/**
 * The kinds of operation that may begin in each state in which an environment can stay. While an
 * operation has it nothing else begins, and `destroyed` is final.
 *
 * @public
 */
export const MAY_BEGIN = {
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
} satisfies Partial<Record<EnvironmentState, OperationKind[]>>;

/** A state in which an environment stays until somebody asks for something. */
export type RestingState = keyof typeof MAY_BEGIN;

/** Tells the states in which an environment can stay from those it passes through. */
export function isResting(state: EnvironmentState): state is RestingState {
  return Object.hasOwn(MAY_BEGIN, state);
}

/** Whether an operation of that kind can begin on an environment that no other one has. */
export function mayBegin(
  state: EnvironmentState,
  kind: OperationKind,
): boolean {
  if (!isResting(state)) return false;
  const kinds: OperationKind[] = MAY_BEGIN[state];
  return kinds.includes(kind);
}
