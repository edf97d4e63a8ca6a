import {
  ENVIRONMENT_SCOPES,
  ENVIRONMENT_SORTS,
  ENVIRONMENT_STATES,
} from '@greenroom/plugin-environments-common';
import {
  allOf,
  anyOf,
  body,
  errors,
  idempotencyKey,
  itemsOf,
  json,
  labelSelector,
  paging,
  pathParameter,
  queryParameter,
  ref,
} from '../openapiParts';

const id = pathParameter('id', 'id of the environment');

export const environmentPaths = {
  '/environments': {
    get: {
      operationId: 'listEnvironments',
      parameters: [
        queryParameter('scope', { enum: ENVIRONMENT_SCOPES }),
        queryParameter('search', { type: 'string', maxLength: 200 }),
        anyOf('state', { enum: ENVIRONMENT_STATES }),
        anyOf('blueprint', { type: 'string' }),
        anyOf('version', { type: 'string' }),
        anyOf('owner', { type: 'string' }),
        allOf('label', labelSelector),
        queryParameter('sort', { enum: ENVIRONMENT_SORTS }),
        queryParameter('order', { enum: ['asc', 'desc'] }),
        ...paging,
      ],
      responses: {
        200: json('A page of environments.', ref('EnvironmentPage')),
        ...errors,
      },
    },
    post: {
      operationId: 'createEnvironment',
      parameters: [idempotencyKey],
      requestBody: body('CreateEnvironmentRequest'),
      responses: {
        200: json('What a dry run would make.', ref('CreateResponse')),
        202: json(
          'Its creation is submitted, or the plan of a dry run.',
          ref('CreateResponse'),
        ),
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
  '/environments/{id}/labels': {
    patch: {
      operationId: 'changeLabels',
      parameters: [id],
      requestBody: body('ChangeLabelsRequest'),
      responses: {
        200: json('The environment with its labels.', ref('Environment')),
        ...errors,
      },
    },
  },
  '/environments/{id}/upgrade': {
    get: {
      operationId: 'getUpgrade',
      parameters: [
        id,
        queryParameter('version', {
          type: 'string',
          minLength: 1,
          maxLength: 100,
          description: 'the recommended one when absent',
        }),
      ],
      responses: {
        200: json(
          'What an upgrade would mean for it.',
          ref('EnvironmentUpgrade'),
        ),
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
} as const;
