import { errors, json, ref } from '../openapiParts';

export const rekeyPaths = {
  '/sealed': {
    get: {
      operationId: 'getSealed',
      responses: {
        200: json('By which keys everything is sealed.', ref('Sealed')),
        ...errors,
      },
    },
  },
  '/sealed/rekey': {
    post: {
      operationId: 'rekey',
      description:
        'Seals some of what is not under the first key again; repeated with `nextCursor` until there is none.',
      requestBody: {
        required: true,
        content: { 'application/json': { schema: ref('RekeyRequest') } },
      },
      responses: {
        200: json('How far it came.', ref('RekeyProgress')),
        ...errors,
      },
    },
  },
} as const;

export const rekeySchemas = {
  Sealed: {
    type: 'object',
    required: ['firstKey', 'keys'],
    additionalProperties: false,
    properties: {
      firstKey: { type: 'string', description: 'id of the key that seals' },
      keys: {
        type: 'array',
        items: {
          type: 'object',
          required: ['key', 'configured', 'values', 'examples'],
          additionalProperties: false,
          properties: {
            key: { type: 'string' },
            configured: { type: 'boolean' },
            values: { type: 'integer' },
            examples: { type: 'array', items: { type: 'string' } },
          },
        },
      },
    },
  },
  RekeyRequest: {
    type: 'object',
    additionalProperties: false,
    properties: { cursor: { type: 'string' } },
  },
  RekeyProgress: {
    type: 'object',
    required: ['resealed'],
    additionalProperties: false,
    properties: {
      resealed: { type: 'integer' },
      nextCursor: { type: 'string' },
    },
  },
} as const;
