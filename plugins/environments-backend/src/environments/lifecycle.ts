import {
  ComponentState,
  EnvironmentState,
  OperationKind,
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
 * The kinds that may begin in each state in which an environment can stay. While an operation has
 * it nothing else begins, and `destroyed` is final. README.md draws it, and a test holds the two
 * together.
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

export type RestingState = keyof typeof MAY_BEGIN;

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

export function mayBegin(
  state: EnvironmentState,
  kind: OperationKind,
): boolean {
  if (!isResting(state)) return false;
  const kinds: OperationKind[] = MAY_BEGIN[state];
  return kinds.includes(kind);
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

export function isResting(state: EnvironmentState): state is RestingState {
  return Object.hasOwn(MAY_BEGIN, state);
}

function remedyFor(state: EnvironmentState): string {
  if (!isResting(state)) {
    return 'Wait until the operation that runs on it has ended.';
  }
  const kinds: OperationKind[] = MAY_BEGIN[state];
  return kinds.length === 0
    ? 'A destroyed environment stays so; create a new one.'
    : `What can begin now: ${kinds.join(', ')}.`;
}
