/** Pieces that the rooms' parts of the OpenAPI document share. */

export const timestamp = { type: 'string', format: 'date-time' } as const;

export function ref(schema: string) {
  return { $ref: `#/components/schemas/${schema}` } as const;
}

/** An object of exactly these fields. */
export function object(
  required: Record<string, object>,
  optional: Record<string, object> = {},
) {
  return {
    type: 'object',
    required: Object.keys(required),
    additionalProperties: false,
    properties: { ...required, ...optional },
  };
}

export function json(description: string, schema: object) {
  return { description, content: { 'application/json': { schema } } };
}

export function itemsOf(schema: string) {
  return {
    type: 'object',
    required: ['items'],
    properties: { items: { type: 'array', items: ref(schema) } },
  } as const;
}

export function pathParameter(name: string, description: string) {
  return {
    name,
    in: 'path',
    required: true,
    description,
    schema: { type: 'string' },
  } as const;
}

export function queryParameter(name: string, schema: object) {
  return { name, in: 'query', schema };
}

/** The same parameter may come several times: any of its values will do. */
export function anyOf(name: string, items: object) {
  return queryParameter(name, { type: 'array', items });
}

/** The same parameter may come several times: all of its values must hold. */
export function allOf(name: string, items: object) {
  return queryParameter(name, { type: 'array', maxItems: 32, items });
}

/** A label, or a key that any value will do for. */
export const labelSelector = {
  type: 'string',
  minLength: 1,
  maxLength: 400,
  description: '`key` or `key=value`',
} as const;

/** What every list that is paged by a cursor takes. */
export const paging = [
  queryParameter('cursor', { type: 'string' }),
  queryParameter('limit', { type: 'integer', minimum: 1, maximum: 100 }),
] as const;

export function body(schema: string) {
  return {
    required: true,
    content: { 'application/json': { schema: ref(schema) } },
  };
}

export const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'the same key and request again give the same answer',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
} as const;

export function pageOf(schema: string) {
  return {
    type: 'object',
    required: ['items', 'total'],
    additionalProperties: false,
    properties: {
      items: { type: 'array', items: ref(schema) },
      total: { type: 'integer', minimum: 0 },
      nextCursor: { type: 'string' },
    },
  } as const;
}

/** For the record. */
export const reason = {
  type: 'string',
  minLength: 1,
  maxLength: 1000,
} as const;

/** What any operation may answer besides its success. */
export const errors = {
  default: json('The request was refused or failed.', ref('ErrorBody')),
} as const;

export const sharedSchemas = {
  ErrorBody: {
    type: 'object',
    description:
      "Backstage's error body, and beside it every problem with its place and remedy.",
    required: ['error', 'response', 'problems'],
    properties: {
      error: {
        type: 'object',
        required: ['name', 'message'],
        properties: {
          name: { type: 'string' },
          message: { type: 'string' },
        },
      },
      request: { type: 'object' },
      response: {
        type: 'object',
        required: ['statusCode'],
        properties: { statusCode: { type: 'integer' } },
      },
      problems: { type: 'array', items: ref('Problem') },
    },
  },
  Problem: {
    type: 'object',
    required: ['code', 'message'],
    additionalProperties: false,
    properties: {
      code: { type: 'string', description: 'stable, for programs' },
      message: { type: 'string' },
      field: {
        type: 'string',
        description: 'JSON pointer into the request',
      },
      place: {
        type: 'object',
        required: ['file'],
        properties: {
          file: { type: 'string' },
          line: { type: 'integer' },
          column: { type: 'integer' },
        },
      },
      remedy: { type: 'string' },
      detail: { type: 'string' },
      component: { type: 'string' },
      operationId: {
        type: 'string',
        format: 'uuid',
        description: 'the operation that is in the way, or that it is about',
      },
    },
  },
  BlueprintVersionRef: {
    type: 'object',
    required: ['name', 'title', 'version', 'entityRef'],
    additionalProperties: false,
    properties: {
      name: { type: 'string' },
      title: { type: 'string' },
      version: { type: 'string' },
      entityRef: { type: 'string' },
    },
  },
} as const;
