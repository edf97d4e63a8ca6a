import {
  ComponentState,
  EnvironmentState,
  isResting,
  MAY_BEGIN,
  mayBegin,
  OperationKind,
  RestingState,
} from '@greenroom/plugin-environments-common';
import { ConflictProblemError } from '../errors';

/** What an environment is doing while an operation of that kind has it; a dry run moves nothing. */
export const DOING: Record<OperationKind, EnvironmentState> = {
  create: 'provisioning',
  update: 'updating',
  upgrade: 'updating',
  pause: 'pausing',
  resume: 'resuming',
  remediate: 'updating',
  adopt: 'updating',
  destroy: 'destroying',
};

/** Every environment begins here, with its create operation queued. */
export const INITIAL_STATE = DOING.create;

/**
 * The state that an operation of this kind moves the environment to when it begins.
 *
 * @throws ConflictProblemError `environment.state` when it can't begin there
 */
export function begin(
  state: EnvironmentState,
  kind: OperationKind,
): EnvironmentState {
  if (mayBegin(state, kind)) return DOING[kind];
  throw new ConflictProblemError({
    code: 'environment.state',
    message: `The environment is ${state}, where "${kind}" cannot begin.`,
    remedy: remedyFor(state),
  });
}

/** What the state of an environment depends on while no operation has it. */
export interface RestFacts {
  components: { state: ComponentState; pausable: boolean }[];
  /** Everything of it was made at some time. */
  wasReady: boolean;
  /** The operation that ended was a destroy which has proven that nothing is left. */
  destroyed: boolean;
}

/** The state in which an environment stays when an operation has ended, however it ended. */
export function stateAtRest(facts: RestFacts): RestingState {
  const { components, wasReady, destroyed } = facts;
  if (destroyed) return 'destroyed';
  const wanted = components.filter(({ state }) => state !== 'absent');
  // A teardown has begun and did not get through.
  if (wanted.some(({ state }) => state === 'gone')) return 'failed';
  if (wanted.every(({ state }) => state === 'ready')) return 'running';
  // What a pause does not touch stays ready.
  const isPaused = wanted.every(
    ({ state, pausable }) =>
      state === 'paused' || (state === 'ready' && !pausable),
  );
  if (isPaused) return 'paused';
  return wasReady ? 'degraded' : 'failed';
}

function remedyFor(state: EnvironmentState): string {
  if (!isResting(state)) {
    return 'Wait until the operation that runs on it has ended.';
  }
  const kinds = MAY_BEGIN[state];
  return kinds.length === 0
    ? 'A destroyed environment stays so; create a new one.'
    : `What can begin now: ${kinds.join(', ')}.`;
}
