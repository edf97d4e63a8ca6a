import { Problem } from '@greenroom/plugin-environments-common';
import { HeldClaim } from './claim';
import { failOperation, RunOptions } from '../run/run';
import { TakenClaim } from '../store/claims';
import { StepRecord } from '../types';

/** So often a worker may be lost over an operation, one after the other, before it is given up. */
const MOST_LOST_CLAIMS = 10;

/** Whether carrying it has ended in nothing too often: it may be what workers die of. */
export function isPoisoned({ claimsLost }: TakenClaim): boolean {
  return claimsLost >= MOST_LOST_CLAIMS;
}

/** Ends such an operation instead of trying for ever, and says what is known. */
export async function failPoisoned(
  held: HeldClaim,
  claim: TakenClaim,
  run: RunOptions,
): Promise<void> {
  const steps = await run.steps.ofOperation(run.knex, claim.operationId);
  await failOperation(held, run, poisonedProblem(claim, steps));
}

function poisonedProblem(
  { operationId, claimsLost }: TakenClaim,
  steps: StepRecord[],
): Problem {
  const underWay = steps.filter(step => step.state === 'running');
  const words = underWay.map(step => `the ${step.action} of ${step.component}`);
  return {
    code: 'operation.poisoned',
    message: `The operation was given up: ${claimsLost} times in a row the worker that carried it was lost, and no step ended meanwhile. Under way was ${words.join(' and ') || 'no step'}.`,
    remedy: `Operators find what ended the workers in their logs under operation ${operationId}; memory is the first place to look. Then try again, or destroy the environment.`,
    ...(underWay.length === 1 && { component: underWay[0].component }),
  };
}
