import {
  OPERATION_KINDS,
  OPERATION_STATES,
  STEP_ACTIONS,
  STEP_STATES,
} from '@greenroom/plugin-environments-common';
import { errors, json, pathParameter, ref, timestamp } from '../openapiParts';

const id = pathParameter('id', 'id of the operation');
const after = {
  name: 'after',
  in: 'query',
  description: 'id of the last line already known',
  schema: { type: 'string' },
} as const;

const summaryProperties = {
  id: { type: 'string', format: 'uuid' },
  environmentId: { type: 'string', format: 'uuid' },
  environmentName: { type: 'string' },
  number: { type: 'integer', minimum: 1 },
  kind: { enum: OPERATION_KINDS },
  state: { enum: OPERATION_STATES },
  requestedBy: { type: 'string' },
  requestedAt: timestamp,
  startedAt: timestamp,
  finishedAt: timestamp,
  cause: ref('OperationCause'),
  plan: ref('PlanSummary'),
  problem: ref('Problem'),
} as const;
const summaryRequired = [
  'id',
  'environmentId',
  'environmentName',
  'number',
  'kind',
  'state',
  'requestedBy',
  'requestedAt',
  'cause',
] as const;

export const operationPaths = {
  '/operations/{id}': {
    get: {
      operationId: 'getOperation',
      parameters: [id],
      responses: { 200: json('The operation.', ref('Operation')), ...errors },
    },
  },
  '/operations/{id}/logs': {
    get: {
      operationId: 'getLogs',
      parameters: [
        id,
        after,
        {
          name: 'limit',
          in: 'query',
          schema: { type: 'integer', minimum: 1, maximum: 1000 },
        },
      ],
      responses: {
        200: json('Lines in their order.', ref('LogPage')),
        ...errors,
      },
    },
  },
  '/operations/{id}/logs/stream': {
    get: {
      operationId: 'streamLogs',
      description:
        'Server-sent events: `line` with a LogLine, its id to resume from by Last-Event-ID, and at last `end` with the state.',
      parameters: [id, after],
      responses: {
        200: {
          description: 'The lines as they come.',
          content: { 'text/event-stream': { schema: { type: 'string' } } },
        },
        ...errors,
      },
    },
  },
} as const;

export const operationSchemas = {
  OperationCause: {
    type: 'object',
    required: ['code', 'message'],
    additionalProperties: false,
    properties: {
      code: { enum: ['request', 'lease.expired'] },
      message: { type: 'string' },
    },
  },
  PlanSummary: {
    type: 'object',
    required: ['add', 'change', 'remove'],
    additionalProperties: false,
    properties: {
      add: { type: 'integer' },
      change: { type: 'integer' },
      remove: { type: 'integer' },
    },
  },
  OperationSummary: {
    type: 'object',
    required: summaryRequired,
    additionalProperties: false,
    properties: summaryProperties,
  },
  Operation: {
    type: 'object',
    required: [...summaryRequired, 'blueprint', 'inputs', 'steps'],
    additionalProperties: false,
    properties: {
      ...summaryProperties,
      blueprint: ref('BlueprintVersionRef'),
      inputs: { type: 'object' },
      steps: { type: 'array', items: ref('Step') },
    },
  },
  Step: {
    type: 'object',
    required: ['id', 'component', 'action', 'state', 'attempt', 'after'],
    additionalProperties: false,
    properties: {
      id: { type: 'string', format: 'uuid' },
      component: { type: 'string' },
      action: { enum: STEP_ACTIONS },
      state: { enum: STEP_STATES },
      attempt: { type: 'integer', minimum: 1 },
      startedAt: timestamp,
      finishedAt: timestamp,
      plan: ref('PlanSummary'),
      after: { type: 'array', items: { type: 'string', format: 'uuid' } },
      problem: ref('Problem'),
    },
  },
  LogLine: {
    type: 'object',
    required: ['id', 'time', 'component', 'action', 'stream', 'level', 'text'],
    additionalProperties: false,
    properties: {
      id: { type: 'string' },
      time: timestamp,
      component: { type: 'string' },
      action: { enum: STEP_ACTIONS },
      stream: { enum: ['stdout', 'stderr', 'greenroom'] },
      level: { enum: ['info', 'warning', 'error'] },
      text: { type: 'string' },
    },
  },
  LogPage: {
    type: 'object',
    required: ['items', 'complete'],
    additionalProperties: false,
    properties: {
      items: { type: 'array', items: ref('LogLine') },
      complete: {
        type: 'boolean',
        description: 'the operation has ended and no later line can come',
      },
    },
  },
} as const;
