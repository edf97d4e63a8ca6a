import {
  ENVIRONMENT_SCOPES,
  ENVIRONMENT_SORTS,
  ENVIRONMENT_STATES,
} from '@greenroom/plugin-environments-common';
import { errors, itemsOf, json, pathParameter, ref } from '../openapiParts';

const id = pathParameter('id', 'id of the environment');

function queryParameter(name: string, schema: object) {
  return { name, in: 'query', schema };
}

function body(schema: string) {
  return {
    required: true,
    content: { 'application/json': { schema: ref(schema) } },
  };
}

export const environmentPaths = {
  '/environments': {
    get: {
      operationId: 'listEnvironments',
      parameters: [
        queryParameter('scope', { enum: ENVIRONMENT_SCOPES }),
        queryParameter('search', { type: 'string', maxLength: 200 }),
        queryParameter('state', {
          type: 'array',
          items: { enum: ENVIRONMENT_STATES },
        }),
        queryParameter('blueprint', {
          type: 'array',
          items: { type: 'string' },
        }),
        queryParameter('owner', { type: 'array', items: { type: 'string' } }),
        queryParameter('sort', { enum: ENVIRONMENT_SORTS }),
        queryParameter('order', { enum: ['asc', 'desc'] }),
        queryParameter('cursor', { type: 'string' }),
        queryParameter('limit', { type: 'integer', minimum: 1, maximum: 100 }),
      ],
      responses: {
        200: json('A page of environments.', ref('EnvironmentPage')),
        ...errors,
      },
    },
    post: {
      operationId: 'createEnvironment',
      parameters: [
        {
          name: 'Idempotency-Key',
          in: 'header',
          description: 'the same key and request again give the same answer',
          schema: { type: 'string', minLength: 1, maxLength: 200 },
        },
      ],
      requestBody: body('CreateEnvironmentRequest'),
      responses: {
        200: json('What a dry run would make.', ref('CreateResponse')),
        202: json('Its creation is submitted.', ref('CreateResponse')),
        ...errors,
      },
    },
  },
  '/environments/counts': {
    get: {
      operationId: 'countEnvironments',
      responses: {
        200: json('Counts of what is not destroyed.', ref('Counts')),
        ...errors,
      },
    },
  },
  '/environments/by-name/{name}': {
    get: {
      operationId: 'getEnvironmentByName',
      parameters: [pathParameter('name', 'name of the environment')],
      responses: {
        200: json('The living one, else the last.', ref('Environment')),
        ...errors,
      },
    },
  },
  '/environments/{id}': {
    get: {
      operationId: 'getEnvironment',
      parameters: [id],
      responses: {
        200: json('The environment.', ref('Environment')),
        ...errors,
      },
    },
  },
  '/environments/{id}/destroy': {
    post: {
      operationId: 'destroyEnvironment',
      parameters: [id],
      requestBody: body('DestroyEnvironmentRequest'),
      responses: {
        202: json('Its teardown is submitted.', ref('Operation')),
        ...errors,
      },
    },
  },
  '/environments/{id}/resources': {
    get: {
      operationId: 'listResources',
      parameters: [id],
      responses: {
        200: json('What its drivers keep.', itemsOf('Resource')),
        ...errors,
      },
    },
  },
  '/environments/{id}/operations': {
    get: {
      operationId: 'listOperations',
      parameters: [id],
      responses: {
        200: json('Newest first.', itemsOf('OperationSummary')),
        ...errors,
      },
    },
  },
} as const;
