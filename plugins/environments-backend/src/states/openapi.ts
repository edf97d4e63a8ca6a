import { errors, json, pathParameter, ref, timestamp } from '../openapiParts';

const version = pathParameter('id', 'id of the version');

export const statePaths = {
  '/environments/{id}/state-versions': {
    get: {
      operationId: 'listStateVersions',
      parameters: [
        pathParameter('id', 'id of the environment'),
        { name: 'component', in: 'query', schema: { type: 'string' } },
        { name: 'cursor', in: 'query', schema: { type: 'string' } },
        {
          name: 'limit',
          in: 'query',
          schema: { type: 'integer', minimum: 1, maximum: 100 },
        },
      ],
      responses: {
        200: json('A page of versions, newest first.', ref('StateVersionPage')),
        ...errors,
      },
    },
  },
  '/state-versions/{id}/content': {
    get: {
      operationId: 'downloadState',
      parameters: [version],
      responses: {
        200: json("The tool's own file.", { type: 'object' }),
        ...errors,
      },
    },
  },
  '/state-versions/{id}/restore': {
    post: {
      operationId: 'restoreState',
      parameters: [version],
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: ref('RestoreStateRequest') },
        },
      },
      responses: {
        200: json('The version that is now in front.', ref('StateVersion')),
        ...errors,
      },
    },
  },
} as const;

export const stateSchemas = {
  RestoreStateRequest: {
    type: 'object',
    required: ['reason'],
    additionalProperties: false,
    properties: {
      reason: { type: 'string', minLength: 1, maxLength: 1000, pattern: '\\S' },
    },
  },
  StateVersion: {
    type: 'object',
    required: [
      'id',
      'component',
      'serial',
      'lineage',
      'size',
      'resources',
      'createdAt',
      'current',
    ],
    additionalProperties: false,
    properties: {
      id: { type: 'string' },
      component: { type: 'string' },
      serial: { type: 'integer' },
      lineage: { type: 'string' },
      size: { type: 'integer', description: 'bytes, before encryption' },
      resources: { type: 'integer' },
      createdAt: timestamp,
      operationId: {
        type: 'string',
        format: 'uuid',
        description: 'absent when it was restored',
      },
      restored: {
        type: 'object',
        required: ['by', 'from', 'reason'],
        additionalProperties: false,
        properties: {
          by: { type: 'string' },
          from: { type: 'string' },
          reason: { type: 'string' },
        },
      },
      current: { type: 'boolean' },
    },
  },
  StateVersionPage: {
    type: 'object',
    required: ['items', 'total'],
    additionalProperties: false,
    properties: {
      items: { type: 'array', items: ref('StateVersion') },
      total: { type: 'integer' },
      nextCursor: { type: 'string' },
    },
  },
} as const;
