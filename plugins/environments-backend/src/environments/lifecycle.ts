import { EnvironmentState } from '@greenroom/plugin-environments-common';
import { ConflictProblemError } from '../errors';

/** What happens to an environment, as its operations come and go. */
export const ENVIRONMENT_EVENTS = [
  'create.succeeded',
  'create.failed',
  'destroy.requested',
  'destroy.succeeded',
  'destroy.failed',
] as const;
export type EnvironmentEvent = (typeof ENVIRONMENT_EVENTS)[number];

/** Every environment begins here, with its create operation queued. */
export const INITIAL_STATE: EnvironmentState = 'provisioning';

/**
 * From which state which event leads where. What is not listed is not allowed: `destroyed` is
 * final, and while an operation runs only its own end moves the environment.
 */
export const TRANSITIONS: Record<
  EnvironmentState,
  Partial<Record<EnvironmentEvent, EnvironmentState>>
> = {
  provisioning: {
    'create.succeeded': 'running',
    'create.failed': 'failed',
  },
  running: { 'destroy.requested': 'destroying' },
  updating: {},
  failed: { 'destroy.requested': 'destroying' },
  destroying: {
    'destroy.succeeded': 'destroyed',
    'destroy.failed': 'failed',
  },
  destroyed: {},
};

/**
 * @throws ConflictProblemError `environment.state` when the event cannot happen in that state
 */
export function transition(
  state: EnvironmentState,
  event: EnvironmentEvent,
): EnvironmentState {
  const next = TRANSITIONS[state][event];
  if (next) return next;
  throw new ConflictProblemError({
    code: 'environment.state',
    message: `The environment is ${state}, where "${event}" cannot happen.`,
    remedy: remedyFor(state),
  });
}

function remedyFor(state: EnvironmentState): string {
  switch (state) {
    case 'provisioning':
    case 'updating':
    case 'destroying':
      return 'Wait until the operation that runs on it has ended.';
    case 'running':
    case 'failed':
      return 'Destroy it, or leave it as it is.';
    case 'destroyed':
      return 'A destroyed environment stays so; create a new one.';
    default:
      return assertNever(state);
  }
}

function assertNever(state: never): never {
  throw new Error(`Unknown environment state ${JSON.stringify(state)}`);
}
