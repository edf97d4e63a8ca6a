import {
  EnvironmentState,
  mayBegin,
  Transition,
} from '@greenroom/plugin-environments-common';

/** What an environment is like when its schedule wants something of it. */
export interface SleepFacts {
  state: EnvironmentState;
  /** Some component of it does something when it is paused. */
  pausable: boolean;
  /** Its schedule or its grace paused it, and nobody has woken or paused it since. */
  asleepByItself: boolean;
  /** Its time was up: it is to be paused until its end. */
  inGrace: boolean;
}

export type SleepDecision =
  | { move: 'pause' | 'resume' }
  /** It is so already, or somebody wanted it so. */
  | { move: 'leave' }
  /** It should have been done and can't be. */
  | { move: 'miss'; reason: string };

/**
 * What is done about a transition. A schedule wakes only what it let sleep itself: what somebody
 * has paused stays paused, and who wakes an environment in its sleep has it until the next one.
 */
export function decideSleep(
  { kind }: Pick<Transition, 'kind'>,
  { state, pausable, asleepByItself, inGrace }: SleepFacts,
): SleepDecision {
  if (kind === 'wake') {
    const wakes = state === 'paused' && asleepByItself && !inGrace;
    return { move: wakes ? 'resume' : 'leave' };
  }
  if (state === 'paused' || state === 'destroyed') return { move: 'leave' };
  if (!pausable) {
    return { move: 'miss', reason: 'none of its components can be paused' };
  }
  return mayBegin(state, 'pause')
    ? { move: 'pause' }
    : { move: 'miss', reason: `it is ${state}` };
}
