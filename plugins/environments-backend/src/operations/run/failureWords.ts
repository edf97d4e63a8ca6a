import { OperationKind, Problem } from '@greenroom/plugin-environments-common';
import { StepRecord } from '../types';

/**
 * Why an operation failed: the first step's cause in its own words, then what was and what was not
 * changed, and what can be done next.
 */
export function failureOf(
  kind: OperationKind,
  steps: StepRecord[],
): Problem | undefined {
  const failed = steps.filter(step => step.state === 'failed');
  const problem = failed.find(step => step.problem)?.problem;
  if (!problem) return undefined;
  const others = componentsOf(failed).filter(id => id !== problem.component);
  return {
    ...problem,
    remedy: [
      problem.remedy,
      others.length > 0 && `Failed as well: ${others.join(', ')}.`,
      whatChanged(steps),
      kind !== 'destroy' && nextMoves(kind),
    ]
      .filter(Boolean)
      .join(' '),
  };
}

/** Which components an operation has changed, and which it meant to and has not. */
function whatChanged(steps: StepRecord[]): string {
  const changes = steps.filter(
    ({ action }) => action === 'apply' || action === 'destroy',
  );
  const of = (...states: StepRecord['state'][]) =>
    componentsOf(changes.filter(step => states.includes(step.state)));
  // Tools stop half way: what a failed apply has done is in its state.
  const halfway = componentsOf(
    changes.filter(step => step.state === 'failed' && step.attempt > 0),
  );
  const untouched = componentsOf(
    changes.filter(
      ({ state, attempt }) =>
        ['skipped', 'unchanged', 'waiting'].includes(state) ||
        (state === 'failed' && attempt === 0),
    ),
  );
  const parts = [
    ['Changed', of('succeeded')],
    ['Changed in part, perhaps', halfway],
    ['Not changed', untouched],
  ] as const;
  return parts
    .filter(([, components]) => components.length > 0)
    .map(([word, components]) => `${word}: ${components.join(', ')}.`)
    .join(' ');
}

function nextMoves(kind: OperationKind): string {
  return kind === 'create'
    ? 'Then retry from the failed step, or destroy the environment.'
    : 'Then retry from the failed step, go back to an earlier operation, or destroy the environment.';
}

function componentsOf(steps: StepRecord[]): string[] {
  return [...new Set(steps.map(({ component }) => component))];
}
