import { CustomErrorBase } from '@backstage/errors';
import { Problem } from '@greenroom/plugin-environments-common';

/** A step failed for a reason that can be said: the problem is what the operation's record keeps. */
export class DriverError extends CustomErrorBase {
  name = 'DriverError' as const;

  constructor(
    readonly problem: Problem,
    options?: { cause?: Error },
  ) {
    super(problem.message, options?.cause);
  }
}

/** A step ended because its signal was aborted; what was made so far is in the state. */
export class DriverAbortedError extends CustomErrorBase {
  name = 'DriverAbortedError' as const;
}

/** The plan that was to be applied is not there any more, or not true any more; nothing was changed. */
export class PlanGoneError extends CustomErrorBase {
  name = 'PlanGoneError' as const;
}
