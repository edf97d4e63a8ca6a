import { OperationState } from '@greenroom/plugin-environments-common';

/**
 * - `promoted`: nothing of its environment is before it any more;
 * - `claimed`: a worker has taken it; happens again whenever another one takes it over;
 * - `planned`: everything that could be planned is, and somebody must confirm it.
 */
export const OPERATION_EVENTS = [
  'promoted',
  'claimed',
  'planned',
  'confirmed',
  'succeeded',
  'failed',
  'cancelled',
] as const;
export type OperationEvent = (typeof OPERATION_EVENTS)[number];

/** What is not listed can't happen. README.md draws it, and a test holds the two together. */
export const TRANSITIONS: Record<
  OperationState,
  Partial<Record<OperationEvent, OperationState>>
> = {
  pending: { promoted: 'queued', cancelled: 'cancelled' },
  queued: { claimed: 'running', cancelled: 'cancelled' },
  running: {
    claimed: 'running',
    planned: 'waiting',
    succeeded: 'succeeded',
    failed: 'failed',
    cancelled: 'cancelled',
  },
  waiting: { confirmed: 'queued', cancelled: 'cancelled' },
  succeeded: {},
  failed: {},
  cancelled: {},
};

/** @throws when the event can't happen in that state: whoever asks has to have looked before */
export function transition(
  state: OperationState,
  event: OperationEvent,
): OperationState {
  const next = TRANSITIONS[state][event];
  if (next) return next;
  throw new Error(`An operation that is ${state} can't be ${event}`);
}

const STATES = Object.keys(TRANSITIONS) as OperationState[];

/** Those that have an end before them. */
export const UNFINISHED_STATES = STATES.filter(
  state => Object.keys(TRANSITIONS[state]).length > 0,
);

/** Those in which an operation has its environment to itself; at most one such per environment. */
export const ACTIVE_STATES = UNFINISHED_STATES.filter(
  state => state !== 'pending',
);

/** Those in which a worker may take it. */
export const CLAIMABLE_STATES = STATES.filter(
  state => TRANSITIONS[state].claimed,
);

export function isFinal(state: OperationState): boolean {
  return !UNFINISHED_STATES.includes(state);
}
