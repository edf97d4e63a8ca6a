import { OperationState } from '@greenroom/plugin-environments-common';

/** `claimed` happens again whenever another worker takes the operation over. */
export const OPERATION_EVENTS = ['claimed', 'succeeded', 'failed'] as const;
export type OperationEvent = (typeof OPERATION_EVENTS)[number];

/**
 * ```
 * queued --claimed--> running --succeeded--> succeeded
 *                     |  ^  \---failed-----> failed
 *                     claimed
 * ```
 */
export const TRANSITIONS: Record<
  OperationState,
  Partial<Record<OperationEvent, OperationState>>
> = {
  queued: { claimed: 'running' },
  running: { claimed: 'running', succeeded: 'succeeded', failed: 'failed' },
  succeeded: {},
  failed: {},
};

/** The states in which an operation still has work to do; at most one such per environment. */
export const ACTIVE_STATES = (
  Object.keys(TRANSITIONS) as OperationState[]
).filter(state => Object.keys(TRANSITIONS[state]).length > 0);

export function isActive(state: OperationState): boolean {
  return ACTIVE_STATES.includes(state);
}
