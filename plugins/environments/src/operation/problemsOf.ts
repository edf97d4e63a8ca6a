import { Operation, Problem } from '@greenroom/plugin-environments-common';

/** Of every step that failed; of the operation itself where no step says more. */
export function problemsOf({ problem, steps }: Operation): Problem[] {
  const ofSteps = steps.flatMap(step =>
    step.state === 'failed' && step.problem
      ? [
          {
            ...step.problem,
            component: step.problem.component ?? step.component,
          },
        ]
      : [],
  );
  if (!problem) return ofSteps;
  const isSaid = ofSteps.some(({ message }) => message === problem.message);
  return isSaid ? ofSteps : [problem, ...ofSteps];
}
