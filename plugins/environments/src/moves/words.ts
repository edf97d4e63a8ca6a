import {
  Operation,
  OperationMove,
} from '@greenroom/plugin-environments-common';
import { changesOf } from '../operation/changes';
import { changedSomething, kindWord, stepTitle } from '../operation/words';

export type Move = OperationMove['move'];

/** What the button of a move says: what it does to what. `at` is a moment in words. */
export function moveLabel(
  move: Move,
  operation: Operation,
  at?: string,
): string {
  const { kind, environmentName: name } = operation;
  switch (move) {
    case 'cancel':
      return `Cancel ${kind} of ${name}`;
    case 'confirm':
      return `Apply this plan to ${name}`;
    case 'retry': {
      const step = firstNotDone(operation);
      return step
        ? `Retry from ${stepTitle(step)}`
        : `Retry ${kind} of ${name}`;
    }
    case 'rollback':
      return at ? `Roll back to ${at}` : 'Roll back';
    case 'takeOver':
      return `Take over ${kind} of ${name}`;
    case 'destroy':
      return `Destroy ${name}`;
    default: {
      const unknown: never = move;
      return unknown;
    }
  }
}

/** What it comes to, in a few words beside its button. */
export function moveConsequence(move: Move, operation: Operation): string {
  const { kind, environmentName: name } = operation;
  switch (move) {
    case 'cancel':
      return `No further step of this ${kind} begins.`;
    case 'confirm':
      return 'Exactly this plan is applied.';
    case 'retry':
      return 'Same version and inputs; what was made is kept.';
    case 'rollback':
      return 'Goes back to the version and inputs of then.';
    case 'takeOver':
      return 'Another worker goes on in place of this one.';
    case 'destroy':
      return kind === 'destroy'
        ? 'Tries again to remove all that is left.'
        : `Removes everything that was made of ${name}.`;
    default: {
      const unknown: never = move;
      return unknown;
    }
  }
}

/** Where a retry goes on. */
function firstNotDone({ steps }: Operation) {
  return (
    steps.find(({ state }) => state === 'failed' || state === 'cancelled') ??
    steps.find(({ state }) => state !== 'succeeded' && state !== 'unchanged')
  );
}

/** What a cancel leaves behind: what was done, what is interrupted, what never begins. */
export function cancelOutcome(operation: Operation): string[] {
  const { steps, kind } = operation;
  if (!steps.some(changedSomething)) {
    return ['Nothing has been changed yet, and nothing will be.'];
  }
  const running = steps.filter(({ state }) => state === 'running');
  const done = changesOf(operation).filter(change => change.done);
  const open = steps.filter(({ state }) => state === 'waiting');
  return [
    ...done.map(({ component, text }) => `${component} ${text}.`),
    ...running.map(
      step =>
        `${kindWord(kind)} is at ${stepTitle(step)}: it is interrupted, and what it has made by then is kept and recorded.`,
    ),
    ...(open.length > 0
      ? [`Not begun any more: ${open.map(stepTitle).join(', ')}.`]
      : []),
  ];
}
