import {
  ENVIRONMENT_SCOPES,
  OPERATION_KINDS,
  OPERATION_STATES,
} from '@greenroom/plugin-environments-common';
import {
  anyOf,
  body,
  errors,
  idempotencyKey,
  json,
  paging,
  pathParameter,
  queryParameter,
  ref,
} from '../../openapiParts';

const id = pathParameter('id', 'id of the operation');

/** Something that is done about an operation. */
function move(
  operationId: string,
  request: string,
  answer: string,
  parameters: object[] = [],
) {
  return {
    post: {
      operationId,
      parameters: [id, ...parameters],
      requestBody: body(request),
      responses: { 202: json(answer, ref('Operation')), ...errors },
    },
  };
}

export const operationPaths = {
  '/environments/{id}/operations': {
    post: {
      operationId: 'submitOperation',
      parameters: [
        pathParameter('id', 'id of the environment'),
        idempotencyKey,
      ],
      requestBody: body('SubmitOperationRequest'),
      responses: {
        202: json('It is submitted.', ref('Operation')),
        ...errors,
      },
    },
  },
  '/operations': {
    get: {
      operationId: 'listOperations',
      parameters: [
        queryParameter('scope', { enum: ENVIRONMENT_SCOPES }),
        queryParameter('search', { type: 'string', maxLength: 200 }),
        queryParameter('environmentId', { type: 'string', format: 'uuid' }),
        anyOf('kind', { enum: OPERATION_KINDS }),
        anyOf('state', { enum: OPERATION_STATES }),
        anyOf('owner', { type: 'string' }),
        ...paging,
      ],
      responses: {
        200: json('A page of operations, newest first.', ref('OperationPage')),
        ...errors,
      },
    },
  },
  '/operations/{id}': {
    get: {
      operationId: 'getOperation',
      parameters: [id],
      responses: { 200: json('The operation.', ref('Operation')), ...errors },
    },
  },
  '/operations/{id}/plan': {
    get: {
      operationId: 'getOperationPlan',
      parameters: [id],
      responses: {
        200: json('What it will change.', ref('OperationPlan')),
        ...errors,
      },
    },
  },
  '/operations/{id}/cancel': move(
    'cancelOperation',
    'CancelOperationRequest',
    'It has ended, or ends as soon as its tools let go.',
  ),
  '/operations/{id}/confirm': move(
    'confirmOperation',
    'ConfirmOperationRequest',
    'It goes on.',
  ),
  '/operations/{id}/retry': move(
    'retryOperation',
    'RepeatOperationRequest',
    'A new operation that does what is left.',
    [idempotencyKey],
  ),
  '/operations/{id}/roll-back-to': move(
    'rollBackTo',
    'RepeatOperationRequest',
    'A new operation that goes back to what this one had made.',
    [idempotencyKey],
  ),
  '/operations/{id}/take-over': move(
    'takeOverOperation',
    'TakeOverRequest',
    'Its worker has lost it; the next one goes on.',
  ),
} as const;
