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
  PayloadTooLargeError: 413,
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
  const unread = readBodyParserAnswer(error);
  if (unread) return unread;
  const { message } = error;
  const status = STATUS_BY_NAME[error.name];
  if (!status) return undefined;
  const problems = problemsOf(error) ?? [
    { code: CODE_BY_STATUS[status], message },
  ];
  return { status, name: error.name, message, problems };
}

/** express.json() throws errors of `http-errors`, marked `expose` when meant for the caller. */
function readBodyParserAnswer(error: ErrorLike): ErrorAnswer | undefined {
  if (error.expose !== true) return undefined;
  if (error.status === 413) {
    const message = 'The body is too large.';
    const problem = { code: 'request.too-large', message };
    return { status: 413, name: 'InputError', message, problems: [problem] };
  }
  // 415: in an encoding that nobody here knows.
  const { status } = error;
  if (status !== 400 && status !== 415) return undefined;
  const problem = {
    code: 'request.body',
    message: `The body can't be read: ${error.message}.`,
    remedy: 'Send valid JSON.',
  };
  const { message } = problem;
  return { status, name: 'InputError', message, problems: [problem] };
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
