import {
  ENVIRONMENT_SCOPES,
  LEASE_OUTCOMES,
} from '@greenroom/plugin-environments-common';
import { body, errors, json, object, ref, timestamp } from '../../openapiParts';

const text = { type: 'string' } as const;
const texts = { type: 'array', items: text } as const;
const count = { type: 'integer', minimum: 0 } as const;
const number = { type: 'number' } as const;
const rules = {
  type: 'array',
  maxItems: 200,
  items: { type: 'object' },
  description: 'as environments.leases.rules in the configuration',
} as const;

const simulation = {
  scope: { enum: ENVIRONMENT_SCOPES },
  search: { type: 'string', maxLength: 200 },
  owner: texts,
  blueprint: texts,
  type: texts,
  horizonDays: { type: 'integer', minimum: 1, maximum: 90 },
};

export const whatIfPaths = {
  '/leases/rules': {
    get: {
      operationId: 'getLeaseRules',
      responses: {
        200: json('The rules of the configuration.', object({ rules })),
        ...errors,
      },
    },
  },
  '/leases/simulate': {
    post: {
      operationId: 'simulateLeases',
      requestBody: body('SimulateLeasesRequest'),
      responses: {
        200: json('What would be; nothing changes.', ref('LeaseSimulation')),
        ...errors,
      },
    },
  },
  '/leases/simulate/environments': {
    post: {
      operationId: 'listSimulatedLeases',
      requestBody: body('ListSimulatedLeasesRequest'),
      responses: {
        200: json('What would fare otherwise.', ref('SimulatedLeasePage')),
        ...errors,
      },
    },
  },
};

export const whatIfSchemas = {
  SimulateLeasesRequest: object({ rules }, simulation),
  ListSimulatedLeasesRequest: object(
    { rules },
    {
      ...simulation,
      cursor: text,
      limit: { type: 'integer', minimum: 1, maximum: 100 },
    },
  ),
  LeaseSimulation: object({
    at: timestamp,
    horizonDays: count,
    leases: count,
    outcomes: object(
      Object.fromEntries(LEASE_OUTCOMES.map(outcome => [outcome, count])),
    ),
    overMaximum: count,
    losesExtensions: count,
    hours: object({ now: number, simulated: number }),
    costs: { type: 'array', items: ref('SimulatedCost') },
    withoutCost: count,
    owners: {
      type: 'array',
      items: object({ owner: text, environments: count, hours: number }),
    },
  }),
  SimulatedCost: {
    ...object({ currency: text, now: number, simulated: number }),
    description:
      "Until the horizon, by the estimates of the blueprints' authors: an environment in its grace is paused, and counts as awake at all other times.",
  },
  SimulatedLease: object(
    {
      environmentId: { type: 'string', format: 'uuid' },
      environmentName: text,
      owner: text,
      outcome: { enum: LEASE_OUTCOMES },
      overMaximum: { type: 'boolean' },
      losesExtensions: { type: 'boolean' },
    },
    {
      endsAt: timestamp,
      wouldEndAt: timestamp,
      rule: text,
      cost: ref('SimulatedCost'),
    },
  ),
  SimulatedLeasePage: object(
    { items: { type: 'array', items: ref('SimulatedLease') } },
    { nextCursor: text },
  ),
};
