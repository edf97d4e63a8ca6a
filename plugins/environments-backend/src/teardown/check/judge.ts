import { Problem } from '@greenroom/plugin-environments-common';
import { EnvironmentRecord } from '../../environments/types';
import { protectedProblem } from '../../leases/errors';
import { Safeguard } from '../../leases/ledger';
import { readByOthersProblem } from '../../operations/errors';
import { StepRecord } from '../../operations/types';
import { Verdict } from './types';

/** What the end of a dry run, and what else is known of its environment, say of its teardown. */
export function judge(facts: {
  environment: Pick<EnvironmentRecord, 'name'>;
  steps: Pick<StepRecord, 'state' | 'plan' | 'problem'>[];
  /** Why the dry run failed, if it did. */
  problem?: Problem;
  protection?: Safeguard;
  /** Living environments that have values of its outputs. */
  readers: number;
}): Verdict {
  const { environment, steps, problem, protection, readers } = facts;
  const found = steps.flatMap(step =>
    step.state === 'failed' && step.problem ? [step.problem] : [],
  );
  // What broke outside of its steps would break the teardown as well.
  const failed = found.length === 0 && problem ? [problem] : found;
  return {
    problems: [
      ...(protection ? [protectedProblem(environment, protection)] : []),
      ...failed.map(inShort),
    ],
    cautions: readers > 0 ? [readByOthersProblem(readers)] : [],
    removes: steps.reduce(
      (sum, { plan }) => sum + (plan?.summary.remove ?? 0),
      0,
    ),
  };
}

/** The tool's own words stay with the operation. */
function inShort({ detail: _, ...problem }: Problem): Problem {
  return problem;
}
