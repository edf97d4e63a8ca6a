import { ResponseError } from '@backstage/errors';
import { Problem } from '../problem';

/**
 * An answer of the environments API that is not a success.
 *
 * `reason` is the server's stable error name (`NotFoundError`, `ConflictError`, …),
 * `problems` say what is wrong, where and what to do; it may be empty when the
 * answer came from something in between, such as a proxy.
 *
 * @public
 */
export class ProblemsError extends Error {
  readonly name = 'ProblemsError';
  readonly cause: ResponseError;

  static async fromResponse(response: Response): Promise<ProblemsError> {
    const cause = await ResponseError.fromResponse(response);
    const { problems } = cause.body as { problems?: Problem[] };
    return new ProblemsError(cause, Array.isArray(problems) ? problems : []);
  }

  readonly status: number;
  readonly reason: string;
  readonly problems: Problem[];

  private constructor(cause: ResponseError, problems: Problem[]) {
    super(problems[0]?.message ?? cause.cause.message);
    this.cause = cause;
    this.status = cause.statusCode;
    this.reason = cause.cause.name;
    this.problems = problems;
  }
}
