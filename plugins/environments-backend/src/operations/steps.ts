import {
  OperationKind,
  OperationState,
  StepAction,
  StepState,
} from '@greenroom/plugin-environments-common';

/** A component as the order of steps needs to know it. */
export interface GraphNode {
  id: string;
  /** Ids of the components whose outputs it takes. */
  uses: string[];
}

export interface StepDraft {
  component: string;
  action: StepAction;
  /** Positions of the steps that must succeed first. */
  after: number[];
}

/** What the choice of the next step depends on. */
export interface StepFacts {
  id: string;
  component: string;
  action: StepAction;
  state: StepState;
  after: string[];
}

/**
 * The steps of an operation, in an order in which each follows what it waits for.
 *
 * - create: plan, then apply, per component; a plan waits for the apply of whatever the component
 *   uses, since it needs those outputs.
 * - destroy: destroy, then prove, per component, in reverse: nothing is removed while something
 *   that uses it may still be there.
 *
 * @param components in an order in which each follows what it uses
 */
export function planSteps(
  kind: OperationKind,
  components: GraphNode[],
): StepDraft[] {
  switch (kind) {
    case 'create':
      return pairs(components, 'plan', 'apply', node => node.uses);
    case 'destroy':
      return pairs([...components].reverse(), 'destroy', 'prove', node =>
        components
          .filter(other => other.uses.includes(node.id))
          .map(other => other.id),
      );
    default:
      return assertNever(kind);
  }
}

function pairs(
  components: GraphNode[],
  first: StepAction,
  second: StepAction,
  waitsFor: (node: GraphNode) => string[],
): StepDraft[] {
  const lastOf = new Map<string, number>();
  const steps: StepDraft[] = [];
  for (const node of components) {
    const after = waitsFor(node).map(id => lastOf.get(id)!);
    steps.push({ component: node.id, action: first, after });
    steps.push({
      component: node.id,
      action: second,
      after: [steps.length - 1],
    });
    lastOf.set(node.id, steps.length - 1);
  }
  return steps;
}

/** Steps that can start now: they wait, and everything they wait for has succeeded. */
export function readySteps<T extends StepFacts>(steps: T[]): T[] {
  const state = statesById(steps);
  return steps.filter(
    step =>
      step.state === 'waiting' &&
      step.after.every(id => state.get(id) === 'succeeded'),
  );
}

/** Steps that can never start: something they wait for, near or far, has failed. */
export function unreachableSteps<T extends StepFacts>(steps: T[]): T[] {
  const state = statesById(steps);
  const unreachable: T[] = [];
  for (const step of steps) {
    const blocked = step.after.some(id =>
      ['failed', 'skipped'].includes(state.get(id)!),
    );
    if (step.state !== 'waiting' || !blocked) continue;
    state.set(step.id, 'skipped');
    unreachable.push(step);
  }
  return unreachable;
}

/**
 * Steps that a worker must do again when it takes over an operation that another one left.
 *
 * What was under way is repeated: plan and prove change nothing, and drivers promise that a
 * repeated apply or destroy ends in the same place as one. An apply is never repeated alone: its
 * saved plan went with the old work folder, so the component is planned again first, even where
 * the plan had succeeded and its apply had not begun.
 */
export function stepsToRepeat<T extends StepFacts>(steps: T[]): T[] {
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

/** How the operation has ended; undefined while a step is left to do. */
export function outcomeOf(
  steps: StepFacts[],
): Extract<OperationState, 'succeeded' | 'failed'> | undefined {
  if (steps.some(step => ['waiting', 'running'].includes(step.state))) {
    return undefined;
  }
  return steps.every(step => step.state === 'succeeded')
    ? 'succeeded'
    : 'failed';
}

function statesById(steps: StepFacts[]): Map<string, StepState> {
  return new Map(steps.map(step => [step.id, step.state]));
}

function assertNever(kind: never): never {
  throw new Error(`Unknown operation kind ${JSON.stringify(kind)}`);
}
