import {
  OperationState,
  StepAction,
  StepState,
} from '@greenroom/plugin-environments-common';

/** What the choice of the next step depends on. */
export interface StepFacts {
  id: string;
  component: string;
  action: StepAction;
  state: StepState;
  /** Ids of the steps that must succeed first. */
  after: string[];
  /** Of a plan that is made: whether an apply or destroy would do anything, and whether it may. */
  plan?: { hasChanges: boolean; confirmed: boolean };
}

export interface OperationFacts<T extends StepFacts> {
  steps: T[];
  /** Nothing is changed before somebody has confirmed the plan. */
  confirm: boolean;
  cancelRequested: boolean;
}

export type Decision<T extends StepFacts> =
  /** Steps that can start now. Empty: those under way must end first. */
  | { move: 'start'; steps: T[] }
  /** Steps that can never start; write that down, then ask again. */
  | { move: 'skip'; steps: T[] }
  | { move: 'wait-for-confirmation' }
  | { move: 'end'; state: FinalState };

export type FinalState = Extract<
  OperationState,
  'succeeded' | 'failed' | 'cancelled'
>;

/** What comes next, from nothing but what the record says. */
export function decide<T extends StepFacts>(
  facts: OperationFacts<T>,
): Decision<T> {
  const { steps, confirm, cancelRequested } = facts;
  const skip = cancelRequested ? waiting(steps) : unreachable(steps);
  if (skip.length > 0) return { move: 'skip', steps: skip };

  const ready = readySteps(steps);
  const free = confirm
    ? ready.filter(step => !needsConfirmation(step, steps))
    : ready;
  const running = steps.some(step => step.state === 'running');
  if (free.length > 0 || running) return { move: 'start', steps: free };
  if (ready.length > 0) return { move: 'wait-for-confirmation' };
  if (waiting(steps).length > 0) {
    throw new Error('Steps are left that nothing can start');
  }
  return { move: 'end', state: outcomeOf(steps) };
}

/**
 * Steps that a worker must do again when it takes over an operation that another one left.
 *
 * What was under way is repeated: plan, destroy and prove come to the same when they run twice. An
 * apply is never repeated alone: its saved plan may be gone or used up, so the component is planned
 * again first, even where the plan had succeeded and its apply had not begun.
 */
export function stepsToRepeat<
  T extends Pick<StepFacts, 'component' | 'action' | 'state'>,
>(steps: T[]): T[] {
  const unapplied = new Set(
    steps
      .filter(step => step.action === 'apply')
      .filter(step => ['waiting', 'running'].includes(step.state))
      .map(step => step.component),
  );
  return steps.filter(
    step =>
      step.state === 'running' ||
      (step.action === 'plan' &&
        step.state === 'succeeded' &&
        unapplied.has(step.component)),
  );
}

function waiting<T extends StepFacts>(steps: T[]): T[] {
  return steps.filter(step => step.state === 'waiting');
}

/** They wait, and everything they wait for is done. */
function readySteps<T extends StepFacts>(steps: T[]): T[] {
  const state = statesById(steps);
  return waiting(steps).filter(step =>
    step.after.every(id => isDone(state.get(id)!)),
  );
}

/** They wait for something, near or far, that was not done and will not be. */
function unreachable<T extends StepFacts>(steps: T[]): T[] {
  const state = statesById(steps);
  const found: T[] = [];
  for (const step of steps) {
    const blocked = step.after.some(id =>
      ['failed', 'cancelled', 'skipped'].includes(state.get(id)!),
    );
    if (step.state !== 'waiting' || !blocked) continue;
    state.set(step.id, 'skipped');
    found.push(step);
  }
  return found;
}

function needsConfirmation(step: StepFacts, steps: StepFacts[]): boolean {
  if (step.action !== 'apply' && step.action !== 'destroy') return false;
  const { plan } = steps.find(
    other => other.component === step.component && other.action === 'plan',
  )!;
  return plan !== undefined && plan.hasChanges && !plan.confirmed;
}

function outcomeOf(steps: StepFacts[]): FinalState {
  if (steps.some(step => step.state === 'failed')) return 'failed';
  return steps.every(step => isDone(step.state)) ? 'succeeded' : 'cancelled';
}

function isDone(state: StepState): boolean {
  return state === 'succeeded' || state === 'unchanged';
}

function statesById(steps: StepFacts[]): Map<string, StepState> {
  return new Map(steps.map(step => [step.id, step.state]));
}
