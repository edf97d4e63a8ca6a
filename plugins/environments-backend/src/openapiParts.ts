/** Pieces that the rooms' parts of the OpenAPI document share. */

export const timestamp = { type: 'string', format: 'date-time' } as const;

export function ref(schema: string) {
  return { $ref: `#/components/schemas/${schema}` } as const;
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
