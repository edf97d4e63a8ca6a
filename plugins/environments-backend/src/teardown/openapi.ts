import {
  ENVIRONMENT_SCOPES,
  ORPHAN_STATES,
} from '@greenroom/plugin-environments-common';
import {
  anyOf,
  body,
  errors,
  json,
  object,
  pageOf,
  paging,
  pathParameter,
  queryParameter,
  reason,
  ref,
  timestamp,
} from '../openapiParts';

const filters = [
  queryParameter('scope', { enum: ENVIRONMENT_SCOPES }),
  queryParameter('search', { type: 'string', maxLength: 200 }),
];

export const orphanPaths = {
  '/orphans': {
    get: {
      operationId: 'listOrphans',
      parameters: [
        ...filters,
        anyOf('state', { enum: ORPHAN_STATES }),
        anyOf('owner', { type: 'string' }),
        ...paging,
      ],
      responses: {
        200: json('What is left, the longest first.', ref('OrphanPage')),
        ...errors,
      },
    },
  },
  '/failed-teardowns': {
    get: {
      operationId: 'listFailedTeardowns',
      parameters: [...filters, ...paging],
      responses: {
        200: json(
          'Teardowns that failed, the longest failing first.',
          ref('FailedTeardownPage'),
        ),
        ...errors,
      },
    },
  },
  '/teardown-checks': {
    get: {
      operationId: 'listFailingTeardownChecks',
      parameters: [...filters, anyOf('owner', { type: 'string' }), ...paging],
      responses: {
        200: json(
          'Teardowns that would fail, the longest first.',
          ref('FailingTeardownCheckPage'),
        ),
        ...errors,
      },
    },
  },
  '/environments/{id}/teardown-check': {
    post: {
      operationId: 'checkTeardown',
      parameters: [pathParameter('id', 'id of the environment')],
      responses: {
        202: json('The dry run of its destroy.', ref('Operation')),
        ...errors,
      },
    },
  },
  '/environments/{id}/forget': {
    post: {
      operationId: 'forgetEnvironment',
      parameters: [pathParameter('id', 'id of the environment')],
      requestBody: body('ForgetRequest'),
      responses: {
        200: json('It is destroyed, on somebody’s word.', ref('Environment')),
        ...errors,
      },
    },
  },
} as const;

/** What both lists say. */
const attempts = {
  environmentId: { type: 'string', format: 'uuid' },
  environmentName: { type: 'string' },
  owner: { type: 'string', description: 'entity ref' },
  since: timestamp,
  attempts: { type: 'integer', minimum: 0 },
  lastError: { type: 'string' },
  operationId: {
    type: 'string',
    format: 'uuid',
    description: 'the last that tried',
  },
  nextAttemptAt: timestamp,
} as const;
const attemptsRequired = [
  'environmentId',
  'environmentName',
  'owner',
  'since',
  'attempts',
  'lastError',
] as const;

const problems = { type: 'array', items: ref('Problem') } as const;
const check = {
  required: {
    checkedAt: timestamp,
    operationId: { type: 'string', format: 'uuid', description: 'the dry run' },
    operationNumber: { type: 'integer', minimum: 1 },
    problems,
    cautions: problems,
    removes: { type: 'integer', minimum: 0 },
  },
  optional: {
    failingSince: { ...timestamp, description: 'absent: it is fine' },
    toldAt: timestamp,
  },
} as const;

export const orphanSchemas = {
  TeardownCheck: object(check.required, check.optional),
  FailingTeardownCheck: object(
    {
      ...check.required,
      environmentId: { type: 'string', format: 'uuid' },
      environmentName: { type: 'string' },
      owner: { type: 'string', description: 'entity ref' },
    },
    { ...check.optional, dueAt: timestamp },
  ),
  FailingTeardownCheckPage: pageOf('FailingTeardownCheck'),
  Orphan: {
    type: 'object',
    description: 'What a teardown could not remove.',
    required: [
      'id',
      ...attemptsRequired,
      'component',
      'driver',
      'address',
      'type',
      'state',
    ],
    additionalProperties: false,
    properties: {
      id: { type: 'string', format: 'uuid' },
      ...attempts,
      component: { type: 'string' },
      driver: { type: 'string' },
      address: { type: 'string', description: "the driver's own" },
      type: {
        type: 'string',
        description:
          '"component" where no resource is known, and the component stands for itself',
      },
      externalId: { type: 'string' },
      state: { enum: ORPHAN_STATES },
      endedAt: timestamp,
      forgotten: {
        type: 'object',
        required: ['by', 'reason'],
        additionalProperties: false,
        properties: { by: { type: 'string' }, reason: { type: 'string' } },
      },
    },
  },
  OrphanPage: pageOf('Orphan'),
  FailedTeardown: {
    type: 'object',
    required: [...attemptsRequired, 'orphans'],
    additionalProperties: false,
    properties: {
      ...attempts,
      escalatedAt: {
        ...timestamp,
        description: 'when owner and operators were told',
      },
      orphans: { type: 'integer', minimum: 0 },
    },
  },
  FailedTeardownPage: pageOf('FailedTeardown'),
  ForgetRequest: {
    type: 'object',
    required: ['reason'],
    additionalProperties: false,
    properties: { reason: { ...reason, pattern: '\\S' } },
  },
} as const;
