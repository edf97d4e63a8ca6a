import { CustomErrorBase, isError } from '@backstage/errors';
import { Problem } from '@greenroom/plugin-environments-common';

/**
 * An answer that says what is wrong, where and what to do, once per problem.
 *
 * The subclasses take the names of Backstage's own errors, so that whoever only knows those
 * (clients, the framework) treats them right.
 */
export abstract class ProblemError extends CustomErrorBase {
  readonly problems: Problem[];

  constructor(problems: Problem | Problem[], cause?: Error) {
    const list = Array.isArray(problems) ? problems : [problems];
    super(undefined, cause);
    // Set here, since the base class would put the cause's words into what callers read.
    this.message = list.map(problem => problem.message).join(' ');
    this.problems = list;
  }
}

/** 400: the request itself is wrong. */
export class InputProblemError extends ProblemError {
  name = 'InputError' as const;
}

/** 401: nobody, or nobody that may be believed, is asking. */
export class AuthenticationProblemError extends ProblemError {
  name = 'AuthenticationError' as const;
}

/** 403: the caller may not do this. */
export class NotAllowedProblemError extends ProblemError {
  name = 'NotAllowedError' as const;
}

/** 404: there is no such thing, or the caller may not know of it. */
export class NotFoundProblemError extends ProblemError {
  name = 'NotFoundError' as const;
}

/** 409: right in itself, but not in the present state of things. */
export class ConflictProblemError extends ProblemError {
  name = 'ConflictError' as const;
}

/** 413: more than is taken. */
export class TooLargeProblemError extends ProblemError {
  name = 'PayloadTooLargeError' as const;
}

/** 503: somebody who is needed for the answer does not give one. */
export class UnavailableProblemError extends ProblemError {
  name = 'ServiceUnavailableError' as const;
}

/**
 * The one problem of an error whose cause nobody foresaw: the reference leads to the log entry,
 * which alone holds the details.
 */
export function unexpectedProblem(reference: string): Problem {
  return {
    code: 'unexpected',
    message: 'Something went wrong that Greenroom did not expect.',
    remedy: `Try again; if it stays, give the operators of this portal the reference ${reference}, which stands in the log beside the cause.`,
  };
}

/** The problems of any error whose cause is known; undefined for an unexpected one. */
export function problemsOf(error: unknown): Problem[] | undefined {
  return isError(error) && error instanceof ProblemError
    ? error.problems
    : undefined;
}
