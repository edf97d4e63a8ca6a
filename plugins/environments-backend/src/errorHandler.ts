import { ErrorRequestHandler } from 'express';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ErrorLike, toError } from '@backstage/errors';
import { Problem, ProblemsBody } from '@greenroom/plugin-environments-common';
import { problemsOf, unexpectedProblem } from './errors';
import { IdMaker } from './ids';

const STATUS_BY_NAME: Record<string, number> = {
  InputError: 400,
  AuthenticationError: 401,
  NotAllowedError: 403,
  NotFoundError: 404,
  ConflictError: 409,
  ServiceUnavailableError: 503,
};

const CODE_BY_STATUS: Record<number, string> = {
  400: 'request.invalid',
  401: 'request.unauthenticated',
  403: 'request.not-allowed',
  404: 'request.not-found',
  409: 'request.conflict',
  413: 'request.too-large',
  503: 'service.unavailable',
};

/**
 * Answers every error of this plugin in Backstage's error body with `problems` beside it.
 *
 * Takes the place of the framework's handler because that one sends stack traces to callers
 * when NODE_ENV is development. What is not known to be meant for the caller becomes a 500
 * with a reference into the log.
 */
export function createErrorHandler(options: {
  logger: LoggerService;
  ids: IdMaker;
}): ErrorRequestHandler {
  return (thrown, request, response, next) => {
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const error = toError(thrown);
    const answer = readAnswer(error) ?? logUnexpected(error, options);
    const body: ProblemsBody & Record<string, unknown> = {
      error: { name: answer.name, message: answer.message },
      request: { method: request.method, url: request.originalUrl },
      response: { statusCode: answer.status },
      problems: answer.problems,
    };
    response.status(answer.status).json(body);
  };
}

interface ErrorAnswer {
  status: number;
  name: string;
  message: string;
  problems: Problem[];
}

function readAnswer(error: ErrorLike): ErrorAnswer | undefined {
  const status = STATUS_BY_NAME[error.name] ?? statusOfBodyParser(error);
  if (!status) return undefined;
  return {
    status,
    name: error.name,
    message: error.message,
    problems: problemsOf(error) ?? [
      { code: CODE_BY_STATUS[status], message: error.message },
    ],
  };
}

/** express.json() throws errors of `http-errors`, marked `expose` when meant for the caller. */
function statusOfBodyParser(error: ErrorLike): number | undefined {
  const known = error.status === 400 || error.status === 413;
  return error.expose === true && known ? Number(error.status) : undefined;
}

function logUnexpected(
  error: ErrorLike,
  options: { logger: LoggerService; ids: IdMaker },
): ErrorAnswer {
  const reference = options.ids.id();
  options.logger.error(
    `Unexpected error, told to the caller as ${reference}`,
    error,
  );
  const problem = unexpectedProblem(reference);
  return {
    status: 500,
    name: 'InternalServerError',
    message: `${problem.message} ${problem.remedy}`,
    problems: [problem],
  };
}
