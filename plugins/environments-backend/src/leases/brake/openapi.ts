import { LEASE_STAGES, ON_EXPIRY } from '@greenroom/plugin-environments-common';
import {
  anyOf,
  body,
  errors,
  json,
  object,
  pageOf,
  paging,
  pathParameter,
  reason,
  ref,
  timestamp,
} from '../../openapiParts';

const id = pathParameter('id', 'id of the brake');
const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;

function word(operationId: string, request: string, answer: string) {
  return {
    post: {
      operationId,
      parameters: [id],
      requestBody: body(request),
      responses: { 200: json(answer, ref('LeaseBrakeAnswer')), ...errors },
    },
  };
}

export const brakePaths = {
  '/leases/brake': {
    get: {
      operationId: 'getLeaseBrake',
      responses: {
        200: json(
          'Whether leases that fell due in a leap of the clock wait for a word.',
          ref('LeaseBrakeStatus'),
        ),
        ...errors,
      },
    },
  },
  '/leases/brake/waiting': {
    get: {
      operationId: 'listWaitingLeases',
      parameters: [...paging, anyOf('owner', text)],
      responses: {
        200: json(
          'What waits, the longest due first.',
          ref('WaitingLeasePage'),
        ),
        ...errors,
      },
    },
  },
  '/leases/brakes/{id}/release': word(
    'releaseLeaseBrake',
    'LeaseBrakeRequest',
    'They end now.',
  ),
  '/leases/brakes/{id}/postpone': word(
    'postponeLeaseBrake',
    'PostponeLeaseBrakeRequest',
    'Nothing of them falls due for so long.',
  ),
} as const;

const request = {
  revision: {
    ...count,
    description: 'say it only if this is still its revision',
  },
  dryRun: { type: 'boolean' },
};

export const brakeSchemas = {
  LeaseBrakeStatus: object(
    {
      limits: object({
        leapSeconds: count,
        sharePercent: count,
        atLeast: count,
      }),
      rights: object({ decide: { type: 'boolean' } }),
    },
    { brake: ref('LeaseBrake') },
  ),
  LeaseBrake: object(
    {
      id: { type: 'string', format: 'uuid' },
      revision: count,
      since: timestamp,
      dueAfter: timestamp,
      dueUntil: timestamp,
      falling: count,
      living: count,
      waiting: count,
      owners: {
        type: 'array',
        items: object({ owner: text, waiting: count }),
      },
      ownersTotal: count,
    },
    {
      word: object(
        {
          end: { enum: ['released', 'postponed', 'lifted'] },
          by: text,
          reason: text,
          at: timestamp,
        },
        { until: timestamp },
      ),
    },
  ),
  WaitingLease: object({
    environmentId: { type: 'string', format: 'uuid' },
    environmentName: text,
    owner: text,
    stage: { enum: LEASE_STAGES },
    onExpiry: { enum: ON_EXPIRY },
    dueAt: timestamp,
  }),
  WaitingLeasePage: pageOf('WaitingLease'),
  LeaseBrakeAnswer: object({
    dryRun: { type: 'boolean' },
    environments: count,
    brake: ref('LeaseBrake'),
  }),
  LeaseBrakeRequest: object({ reason }, request),
  PostponeLeaseBrakeRequest: object(
    {
      reason,
      by: { type: 'string', maxLength: 20, description: 'a duration: 8h, 2d' },
    },
    request,
  ),
};
