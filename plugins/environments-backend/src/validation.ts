import { ErrorRequestHandler, RequestHandler } from 'express';
import { middleware, error as openApiErrors } from 'express-openapi-validator';
import { Problem } from '@greenroom/plugin-environments-common';
import { InputProblemError } from './errors';
import { openApiDocument } from './openapi';

const toProblems: ErrorRequestHandler = (error, _request, _response, next) => {
  const isRefusal =
    error instanceof openApiErrors.BadRequest ||
    error instanceof openApiErrors.UnsupportedMediaType;
  next(isRefusal ? new InputProblemError(error.errors.map(toProblem)) : error);
};

/** Checks requests against the OpenAPI document. */
export function requestValidation(): (RequestHandler | ErrorRequestHandler)[] {
  return [
    ...middleware({
      // The validator's type knows no readonly documents; it takes a copy of its own.
      apiSpec: structuredClone(openApiDocument) as unknown as string,
      validateRequests: { allowUnknownQueryParameters: false },
      validateResponses: false,
      validateSecurity: false,
      fileUploader: false,
      ignoreUndocumented: true,
      useRequestUrl: true,
    }),
    toProblems,
  ];
}

function toProblem(refused: { path: string; message: string }): Problem {
  // Paths look like /body/inputs or /query/limit; callers know the rest.
  const field = refused.path.replace(/^\/(body|query|params|headers)/, '');
  return {
    code: 'request.shape',
    message: `${field ? `${field.slice(1)} ` : 'The body '}${refused.message}.`,
    ...(field && { field }),
    remedy: 'Send a request as the document at …/openapi.json describes it.',
  };
}
