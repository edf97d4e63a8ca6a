import {
  ENVIRONMENT_STATES,
  FLEET_ENVIRONMENT_STATES,
  FLEET_ORDERS,
  FLEET_UPGRADE_STATES,
  WEEKDAYS,
} from '@greenroom/plugin-environments-common';
import {
  anyOf,
  body,
  errors,
  idempotencyKey,
  json,
  labelSelector,
  object,
  pageOf,
  paging,
  pathParameter,
  queryParameter,
  reason,
  ref,
  timestamp,
} from '../openapiParts';

const id = pathParameter('id', 'id of the fleet upgrade');

/** Something that is done about a fleet upgrade. */
function move(operationId: string, answer: string) {
  return {
    post: {
      operationId,
      parameters: [id],
      requestBody: body('MoveFleetUpgradeRequest'),
      responses: { 200: json(answer, ref('FleetUpgrade')), ...errors },
    },
  };
}

export const fleetPaths = {
  '/fleet-upgrades/preview': {
    post: {
      operationId: 'previewFleetUpgrade',
      requestBody: body('FleetUpgradeRequest'),
      responses: {
        200: json(
          'Who would come when, and who would be set aside.',
          ref('FleetPreview'),
        ),
        ...errors,
      },
    },
  },
  '/fleet-upgrades': {
    get: {
      operationId: 'listFleetUpgrades',
      parameters: [
        queryParameter('blueprint', { type: 'string' }),
        anyOf('state', { enum: FLEET_UPGRADE_STATES }),
        ...paging,
      ],
      responses: {
        200: json(
          'A page of fleet upgrades, newest first.',
          ref('FleetUpgradePage'),
        ),
        ...errors,
      },
    },
    post: {
      operationId: 'createFleetUpgrade',
      parameters: [idempotencyKey],
      requestBody: body('FleetUpgradeRequest'),
      responses: {
        202: json('It runs.', ref('FleetUpgrade')),
        ...errors,
      },
    },
  },
  '/fleet-upgrades/{id}': {
    get: {
      operationId: 'getFleetUpgrade',
      parameters: [id],
      responses: {
        200: json('The fleet upgrade.', ref('FleetUpgrade')),
        ...errors,
      },
    },
  },
  '/fleet-upgrades/{id}/environments': {
    get: {
      operationId: 'listFleetEnvironments',
      parameters: [
        id,
        anyOf('state', { enum: FLEET_ENVIRONMENT_STATES }),
        queryParameter('wave', { type: 'integer', minimum: 1 }),
        ...paging,
      ],
      responses: {
        200: json(
          'A page of its environments, in the order of their turns.',
          ref('FleetEnvironmentPage'),
        ),
        ...errors,
      },
    },
  },
  '/fleet-upgrades/{id}/pause': move(
    'pauseFleetUpgrade',
    'Nothing more begins until it is resumed.',
  ),
  '/fleet-upgrades/{id}/resume': move(
    'resumeFleetUpgrade',
    'It goes on, with the rights of whoever resumes it.',
  ),
  '/fleet-upgrades/{id}/abort': move(
    'abortFleetUpgrade',
    'Nothing more begins, for good.',
  ),
} as const;

const uuid = { type: 'string', format: 'uuid' } as const;
const text = { type: 'string' } as const;
const name = { type: 'string', minLength: 1, maxLength: 200 } as const;
const names = { type: 'array', minItems: 1, maxItems: 1000, items: name };
const texts = { type: 'array', items: text } as const;
const count = { type: 'integer', minimum: 0 } as const;
const clockTime = {
  type: 'string',
  pattern: '^([01]\\d|2[0-3]):[0-5]\\d$',
} as const;
const problems = { type: 'array', items: ref('Problem') } as const;

const summary = {
  required: {
    id: uuid,
    blueprint: object({ name: text, title: text }),
    to: { ...text, description: 'the version to upgrade to' },
    state: { enum: FLEET_UPGRADE_STATES },
    reason: text,
    requestedBy: text,
    requestedAt: timestamp,
    counts: ref('FleetCounts'),
  },
  optional: {
    because: object({ code: text, message: text }),
    finishedAt: timestamp,
  },
};

export const fleetSchemas = {
  FleetSelection: object(
    { blueprint: name },
    {
      version: names,
      owner: names,
      type: names,
      label: {
        type: 'array',
        minItems: 1,
        maxItems: 32,
        description: 'all of them must match',
        items: labelSelector,
      },
      name: names,
    },
  ),
  FleetWave: {
    oneOf: [
      object({ count: { type: 'integer', minimum: 1, maximum: 1000 } }),
      object({ percent: { type: 'integer', minimum: 1, maximum: 100 } }),
    ],
  },
  MaintenanceWindow: object({
    days: { type: 'array', maxItems: 7, items: { enum: WEEKDAYS } },
    from: clockTime,
    to: {
      ...clockTime,
      description: 'on the next day when it is not after `from`',
    },
    timeZone: name,
  }),
  FleetUpgradeRequest: object(
    { selection: ref('FleetSelection'), reason },
    {
      version: {
        ...name,
        description: 'the recommended one when absent',
      },
      order: { enum: FLEET_ORDERS },
      waves: { type: 'array', maxItems: 20, items: ref('FleetWave') },
      concurrency: { type: 'integer', minimum: 1, maximum: 100 },
      failureBudget: { type: 'integer', minimum: 0, maximum: 1000 },
      windows: { type: 'array', maxItems: 20, items: ref('MaintenanceWindow') },
      inputs: {
        type: 'object',
        description:
          'take the place of present ones in all of them; null takes one away',
      },
      environmentInputs: {
        type: 'object',
        description: 'the same for single environments, by name',
        additionalProperties: { type: 'object' },
      },
    },
  ),
  FleetPreview: object({
    blueprint: text,
    to: text,
    warnings: problems,
    waves: {
      type: 'array',
      items: object({ number: count, environments: count }),
    },
    setAside: count,
    items: {
      type: 'array',
      items: object(
        {
          environmentId: uuid,
          name: text,
          owner: text,
          version: text,
          needs: texts,
          drops: texts,
          losses: problems,
        },
        { wave: count, problem: ref('Problem') },
      ),
    },
  }),
  FleetCounts: object(
    Object.fromEntries(FLEET_ENVIRONMENT_STATES.map(state => [state, count])),
  ),
  FleetUpgradeSummary: object(summary.required, summary.optional),
  FleetUpgradePage: pageOf('FleetUpgradeSummary'),
  FleetUpgrade: object(
    {
      ...summary.required,
      selection: ref('FleetSelection'),
      order: { enum: FLEET_ORDERS },
      concurrency: count,
      failureBudget: count,
      failures: {
        ...count,
        description: 'that count: those since it was last resumed',
      },
      windows: { type: 'array', items: ref('MaintenanceWindow') },
      actsFor: text,
      waves: {
        type: 'array',
        items: object({ number: count, counts: ref('FleetCounts') }),
      },
      moves: {
        type: 'array',
        items: object(
          {
            move: { enum: ['pause', 'resume', 'abort'] },
            allowed: { type: 'boolean' },
          },
          { reason: { ...text, description: 'why it is not allowed' } },
        ),
      },
    },
    {
      ...summary.optional,
      opensAt: {
        ...timestamp,
        description: 'its windows are closed until then',
      },
    },
  ),
  FleetEnvironment: object(
    {
      environmentId: uuid,
      name: text,
      owner: text,
      from: text,
      state: { enum: FLEET_ENVIRONMENT_STATES },
      environment: object(
        { state: { enum: ENVIRONMENT_STATES }, lease: ref('Lease') },
        { destroyedAt: timestamp },
      ),
    },
    {
      wave: count,
      operation: object({
        id: uuid,
        number: count,
        dryRun: { type: 'boolean' },
      }),
      problem: ref('Problem'),
      endedAt: timestamp,
    },
  ),
  FleetEnvironmentPage: pageOf('FleetEnvironment'),
  MoveFleetUpgradeRequest: object({ reason }),
} as const;
