import {
  ENVIRONMENT_SCOPES,
  ENVIRONMENT_STATES,
  LEASE_LISTS,
} from '@greenroom/plugin-environments-common';
import {
  anyOf,
  errors,
  json,
  object,
  pageOf,
  paging,
  queryParameter,
  ref,
  timestamp,
} from '../../openapiParts';
import { leaseStanding } from '../openapi';

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;

/** Parameters that say whose leases. */
export const selection = [
  queryParameter('scope', { enum: ENVIRONMENT_SCOPES }),
  queryParameter('search', { type: 'string', maxLength: 200 }),
  anyOf('owner', text),
  anyOf('blueprint', text),
  anyOf('type', text),
];

export const leaseFleetPaths = {
  '/leases': {
    get: {
      operationId: 'listLeases',
      parameters: [
        ...selection,
        queryParameter('list', { enum: LEASE_LISTS }),
        queryParameter('from', timestamp),
        queryParameter('until', timestamp),
        ...paging,
      ],
      responses: {
        200: json('What ends first comes first.', ref('LeasePage')),
        ...errors,
      },
    },
  },
  '/leases/overview': {
    get: {
      operationId: 'countLeases',
      parameters: [
        ...selection,
        {
          ...queryParameter('days', {
            type: 'integer',
            minimum: 1,
            maximum: 31,
          }),
          required: true,
        },
        { ...queryParameter('timeZone', text), required: true },
      ],
      responses: {
        200: json('How many end on each day.', ref('LeaseOverview')),
        ...errors,
      },
    },
  },
};

export const leaseFleetSchemas = {
  LeaseSummary: object(
    {
      ...leaseStanding.required,
      state: { enum: ENVIRONMENT_STATES },
      owner: text,
      createdBy: text,
      type: text,
      blueprint: ref('BlueprintVersionRef'),
    },
    { ...leaseStanding.optional, cost: ref('EstimatedCost') },
  ),
  LeasePage: pageOf('LeaseSummary'),
  LeaseDay: object({
    from: timestamp,
    until: timestamp,
    destroys: count,
    pauses: count,
  }),
  LeaseOverview: object({
    at: timestamp,
    days: { type: 'array', items: ref('LeaseDay') },
    living: count,
    unlimited: count,
    grace: count,
    held: count,
    protected: count,
    blocked: count,
  }),
};
