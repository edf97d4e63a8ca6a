import { Problem } from '@greenroom/plugin-environments-common';
import { PlanDifference } from './comparePlans';
import { Mask } from '../run/mask';
import { StepRecord } from '../types';

/** More would not be read; the plan itself shows them all. */
const DIFFERENCES_NAMED = 10;

const WORDS = {
  add: 'be added',
  change: 'be changed',
  replace: 'be replaced',
  remove: 'be removed',
  read: 'be read',
} as const;

/** The world, or what the component draws on, is not what it was when the plan was made. */
export function planMoved(
  step: StepRecord,
  differences: PlanDifference[],
): Problem {
  const named = differences
    .slice(0, DIFFERENCES_NAMED)
    .map(({ address, before, now }) =>
      before && now !== before
        ? `${address} was to ${WORDS[before]} and would now ${WORDS[now!]}`
        : `${address} would now ${WORDS[now!]} ${before ? 'to something else' : 'and was not in the plan'}`,
    );
  const more = differences.length - named.length;
  return {
    code: 'plan.moved',
    component: step.component,
    message: `The plan of ${step.component} no longer holds: ${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}. Nothing of this new plan was applied.`,
    remedy:
      'Find out what changed there since the plan was made; then try again, which makes a new plan.',
  };
}

/** A driver that loses each plan it makes would be asked for ever. */
export function planLost(step: StepRecord): Problem {
  return {
    code: 'plan.gone',
    component: step.component,
    message: `The plan of ${step.component} could not be applied: its driver lost it, and lost the one it made instead. Nothing was changed by either.`,
    remedy:
      'See in the log what the driver says; if something else changes this component all the time, stop that, then try again.',
  };
}

export function stepCancelled(step: StepRecord, said?: string): Problem {
  return {
    code: 'operation.cancelled',
    component: step.component,
    message: `The ${step.action} of ${step.component} was interrupted on request${step.action === 'plan' ? '' : '; what it had done until then stays, and is in its state'}.`,
    ...(said && { detail: said }),
    remedy:
      step.action === 'plan'
        ? 'Nothing was changed by it; try again when you like.'
        : 'Try again, go back to an earlier operation, or destroy the environment.',
  };
}

/** Tools repeat in their errors what they were given. */
export function maskedProblem(mask: Mask, problem: Problem): Problem {
  return {
    ...problem,
    message: mask.apply(problem.message),
    ...(problem.detail && { detail: mask.apply(problem.detail) }),
    ...(problem.remedy && { remedy: mask.apply(problem.remedy) }),
  };
}
