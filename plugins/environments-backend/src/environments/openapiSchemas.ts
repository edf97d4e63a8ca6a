import {
  COMPONENT_STATES,
  ENVIRONMENT_STATES,
  ON_EXPIRY,
} from '@greenroom/plugin-environments-common';
import { object, pageOf, ref, timestamp } from '../openapiParts';

/** How many there may be, and what they must be like, is said where they are checked. */
const labels = {
  type: 'object',
  description: 'in the syntax of the labels of catalog entities',
  maxProperties: 100,
  additionalProperties: { type: 'string' },
} as const;

const summaryProperties = {
  id: { type: 'string', format: 'uuid' },
  name: { type: 'string' },
  entityRef: { type: 'string' },
  owner: { type: 'string' },
  createdBy: { type: 'string' },
  type: { type: 'string' },
  labels,
  blueprint: ref('BlueprintVersionRef'),
  state: { enum: ENVIRONMENT_STATES },
  createdAt: timestamp,
  destroyedAt: timestamp,
  cost: ref('EstimatedCost'),
  lease: ref('Lease'),
  activeOperation: ref('OperationSummary'),
} as const;
const summaryRequired = [
  'id',
  'name',
  'entityRef',
  'owner',
  'createdBy',
  'type',
  'labels',
  'blueprint',
  'state',
  'createdAt',
  'lease',
] as const;

export const environmentSchemas = {
  EnvironmentSummary: {
    type: 'object',
    required: summaryRequired,
    additionalProperties: false,
    properties: summaryProperties,
  },
  EstimatedCost: {
    ...object({
      perDay: { type: 'number', minimum: 0 },
      asleepPerDay: {
        type: 'number',
        minimum: 0,
        description: 'while it is paused',
      },
      currency: { type: 'string', description: 'ISO 4217: EUR' },
    }),
    description: "By the estimate of the blueprint's author.",
  },
  EnvironmentSchedule: {
    ...object(
      {
        sleep: { type: 'string', description: 'cron line of five fields' },
        timeZone: { type: 'string', examples: ['Europe/Berlin'] },
        rule: {
          type: 'string',
          description:
            'where it is from: `blueprint`, or a rule in the configuration',
        },
      },
      {
        wake: { type: 'string', description: 'cron line of five fields' },
        holidays: {
          type: 'string',
          description: 'the calendar on whose days nothing wakes',
        },
        next: object({ kind: { enum: ['sleep', 'wake'] }, at: timestamp }),
      },
    ),
    description: 'When an environment sleeps and wakes by itself.',
  },
  Environment: {
    type: 'object',
    required: [
      ...summaryRequired,
      'inputs',
      'outputs',
      'components',
      'latestOperation',
    ],
    additionalProperties: false,
    properties: {
      ...summaryProperties,
      inputs: { type: 'object', description: 'without the secret ones' },
      secretInputs: {
        type: 'array',
        description: 'names of the secret inputs that were given',
        items: { type: 'string' },
      },
      outputs: { type: 'array', items: ref('Output') },
      components: { type: 'array', items: ref('Component') },
      latestOperation: ref('OperationSummary'),
      schedule: ref('EnvironmentSchedule'),
      idle: ref('EnvironmentIdle'),
      teardownCheck: ref('TeardownCheck'),
      watchers: { type: 'array', items: ref('EnvironmentWatcher') },
      readBy: {
        type: 'object',
        description:
          'living environments that have values of its outputs; absent: none',
        required: ['environments', 'others'],
        additionalProperties: false,
        properties: {
          environments: {
            type: 'array',
            items: {
              type: 'object',
              required: ['id', 'name'],
              additionalProperties: false,
              properties: {
                id: { type: 'string', format: 'uuid' },
                name: { type: 'string' },
              },
            },
          },
          others: {
            type: 'integer',
            minimum: 0,
            description: 'beyond those, or not to be seen by the caller',
          },
        },
      },
    },
  },
  EnvironmentUpgrade: {
    type: 'object',
    required: ['from', 'behind', 'needs', 'drops', 'problems', 'warnings'],
    additionalProperties: false,
    properties: {
      from: { type: 'string' },
      recommended: { type: 'string' },
      behind: {
        type: 'boolean',
        description: 'the recommended version is a newer one than its own',
      },
      to: {
        type: 'string',
        description: 'the version that the rest is about; absent: it has it',
      },
      comparison: ref('BlueprintComparison'),
      needs: {
        type: 'array',
        description: 'inputs that it does not have and that must be given',
        items: { type: 'string' },
      },
      drops: {
        type: 'array',
        description: 'inputs that it has and that there are no more',
        items: { type: 'string' },
      },
      problems: { type: 'array', items: ref('Problem') },
      warnings: { type: 'array', items: ref('Problem') },
    },
  },
  EnvironmentPage: pageOf('EnvironmentSummary'),
  Lease: {
    type: 'object',
    required: ['grantedAt', 'onExpiry', 'reason'],
    additionalProperties: false,
    properties: {
      grantedAt: timestamp,
      expiresAt: timestamp,
      maxExpiresAt: timestamp,
      lastWarningAt: timestamp,
      onExpiry: { enum: ON_EXPIRY },
      graceEndsAt: timestamp,
      hold: ref('LeaseHold'),
      protection: ref('LeaseProtection'),
      reason: { type: 'string' },
    },
  },
  Output: {
    type: 'object',
    required: ['name', 'title', 'sensitive'],
    additionalProperties: false,
    properties: {
      name: { type: 'string' },
      title: { type: 'string' },
      value: { description: 'any JSON value; absent when sensitive' },
      sensitive: { type: 'boolean' },
    },
  },
  Component: {
    type: 'object',
    required: ['id', 'driver', 'state', 'resources', 'uses'],
    additionalProperties: false,
    properties: {
      id: { type: 'string' },
      driver: { type: 'string' },
      state: { enum: COMPONENT_STATES },
      resources: { type: 'integer', minimum: 0 },
      uses: {
        type: 'array',
        items: {
          type: 'object',
          required: ['component', 'outputs'],
          additionalProperties: false,
          properties: {
            component: { type: 'string' },
            outputs: { type: 'array', items: { type: 'string' } },
          },
        },
      },
    },
  },
  Resource: {
    type: 'object',
    required: ['component', 'address', 'type'],
    additionalProperties: false,
    properties: {
      component: { type: 'string' },
      address: { type: 'string' },
      type: { type: 'string' },
      externalId: { type: 'string' },
    },
  },
  Counts: {
    type: 'object',
    required: ['mine', 'teams', 'all', 'failedInTeams', 'endingTodayInTeams'],
    additionalProperties: false,
    properties: {
      mine: { type: 'integer' },
      teams: { type: 'integer' },
      all: { type: 'integer' },
      failedInTeams: { type: 'integer' },
      endingTodayInTeams: {
        type: 'integer',
        description: 'within the next 24 hours',
      },
    },
  },
  CreateEnvironmentRequest: {
    type: 'object',
    required: ['name', 'blueprint', 'owner', 'inputs'],
    additionalProperties: false,
    properties: {
      name: { type: 'string' },
      blueprint: { type: 'string' },
      version: { type: 'string' },
      owner: { type: 'string' },
      inputs: { type: 'object' },
      labels,
      ttl: { type: 'string', description: '2m, 36h, 14d' },
      dryRun: { type: 'boolean' },
      plan: {
        type: 'boolean',
        description: 'with dryRun: plan it too, as an operation',
      },
      confirm: {
        type: 'boolean',
        description: 'wait between plan and apply for a confirmation',
      },
    },
  },
  ChangeLabelsRequest: object({
    labels: {
      ...labels,
      description:
        'those that are not named stay as they are; null takes one away',
      additionalProperties: { type: ['string', 'null'] },
    },
  }),
  CreateResponse: {
    type: 'object',
    required: ['blueprint', 'inputs'],
    additionalProperties: false,
    properties: {
      environment: ref('Environment'),
      operation: ref('Operation'),
      expiresAt: timestamp,
      cost: ref('EstimatedCost'),
      blueprint: ref('BlueprintVersionRef'),
      inputs: { type: 'object', description: 'without the secret ones' },
      secretInputs: {
        type: 'array',
        description: 'names of the secret inputs that were given',
        items: { type: 'string' },
      },
      warnings: {
        type: 'array',
        description: 'what should be known: the version is deprecated',
        items: ref('Problem'),
      },
    },
  },
} as const;
