import {
  BULK_ACTIONS,
  BULK_LIMIT,
  ENVIRONMENT_SCOPES,
  ENVIRONMENT_STATES,
} from '@greenroom/plugin-environments-common';
import {
  body,
  errors,
  idempotencyKey,
  json,
  labelSelector,
  object,
  reason,
  ref,
  timestamp,
} from '../openapiParts';

const text = { type: 'string' } as const;
const uuid = { type: 'string', format: 'uuid' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const flag = { type: 'boolean' } as const;
const action = { enum: BULK_ACTIONS };
const texts = { type: 'array', items: text } as const;

export const bulkPaths = {
  '/environments/bulk': {
    post: {
      operationId: 'changeEnvironments',
      description:
        'One change for many environments: of each, what came of it, or would.',
      parameters: [
        {
          ...idempotencyKey,
          // With the id of an environment behind it, it is one of its requests.
          schema: { ...idempotencyKey.schema, maxLength: 160 },
        },
      ],
      requestBody: body('BulkRequest'),
      responses: {
        200: json('What came of each.', ref('BulkOutcome')),
        ...errors,
      },
    },
  },
} as const;

export const bulkSchemas = {
  BulkRequest: object(
    { action },
    {
      ids: {
        type: 'array',
        items: uuid,
        minItems: 1,
        maxItems: BULK_LIMIT,
      },
      filter: object(
        {},
        {
          scope: { enum: ENVIRONMENT_SCOPES },
          search: { type: 'string', maxLength: 200 },
          state: { type: 'array', items: { enum: ENVIRONMENT_STATES } },
          blueprint: texts,
          owner: texts,
          label: { type: 'array', items: labelSelector, maxItems: 32 },
        },
      ),
      count,
      by: {
        type: 'string',
        maxLength: 20,
        description: 'a duration: 90m, 24h',
      },
      until: timestamp,
      reason,
      dryRun: flag,
    },
  ),
  BulkItem: object(
    { environmentId: uuid },
    {
      name: text,
      owner: text,
      expiresBefore: timestamp,
      expiresAfter: timestamp,
      dueAt: timestamp,
      resources: count,
      operation: object({ id: uuid, number: count }),
      problem: ref('Problem'),
    },
  ),
  BulkOutcome: object({
    action,
    dryRun: flag,
    done: count,
    refused: count,
    items: { type: 'array', items: ref('BulkItem') },
  }),
} as const;
