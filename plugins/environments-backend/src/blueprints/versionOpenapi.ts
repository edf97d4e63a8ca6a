import {
  BLUEPRINT_CHANGE_KINDS,
  BLUEPRINT_VERSION_STATUSES,
} from '@greenroom/plugin-environments-common';
import {
  body,
  errors,
  json,
  pathParameter,
  queryParameter,
  reason,
  ref,
} from '../openapiParts';

const name = pathParameter('name', 'name of the blueprint');
const version = pathParameter('version', 'semver');
const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const semver = { type: 'string', minLength: 1, maxLength: 100 } as const;
/** A JSON value of any kind. */
const anything = {} as const;

export const blueprintVersionStatus = {
  enum: BLUEPRINT_VERSION_STATUSES,
} as const;

export const blueprintVersionPaths = {
  '/blueprints/{name}/compare': {
    get: {
      operationId: 'compareBlueprintVersions',
      parameters: [
        name,
        { ...queryParameter('from', semver), required: true },
        { ...queryParameter('to', semver), required: true },
      ],
      responses: {
        200: json('What differs.', ref('BlueprintComparison')),
        ...errors,
      },
    },
  },
  '/blueprints/{name}/versions/{version}/impact': {
    get: {
      operationId: 'getBlueprintImpact',
      parameters: [name, version, queryParameter('from', semver)],
      responses: {
        200: json(
          'Living environments that could not be upgraded as they are.',
          ref('BlueprintImpact'),
        ),
        ...errors,
      },
    },
  },
  '/blueprints/{name}/versions/{version}/move': {
    post: {
      operationId: 'moveBlueprintVersion',
      parameters: [name, version],
      requestBody: body('MoveBlueprintVersionRequest'),
      responses: {
        200: json('The version.', ref('BlueprintVersion')),
        ...errors,
      },
    },
  },
  '/blueprints/{name}/recommend': {
    post: {
      operationId: 'recommendBlueprintVersion',
      parameters: [name],
      requestBody: body('RecommendBlueprintRequest'),
      responses: {
        200: json('The blueprint with its versions.', ref('Blueprint')),
        ...errors,
      },
    },
  },
} as const;

const message = {
  type: 'string',
  minLength: 1,
  maxLength: 1000,
  pattern: '\\S',
} as const;

export const blueprintVersionSchemas = {
  BlueprintVersionNotice: {
    type: 'object',
    description: 'what users of a deprecated or retired version are told',
    required: ['message'],
    additionalProperties: false,
    properties: { message: text, replacement: text },
  },
  MoveBlueprintVersionRequest: {
    type: 'object',
    required: ['status', 'reason'],
    oneOf: [
      {
        additionalProperties: false,
        properties: { status: { enum: ['published'] }, reason },
      },
      {
        required: ['message'],
        additionalProperties: false,
        properties: {
          status: { enum: ['deprecated', 'retired'] },
          reason,
          message: { ...message, description: 'what its users are told' },
          replacement: {
            ...semver,
            description: 'the published version to use in its place',
          },
        },
      },
    ],
  },
  RecommendBlueprintRequest: {
    type: 'object',
    required: ['reason'],
    additionalProperties: false,
    properties: {
      version: {
        ...semver,
        description:
          'absent: the highest that is published and no prerelease, whichever that is',
      },
      reason,
    },
  },
  BlueprintChange: {
    type: 'object',
    required: ['kind', 'path', 'breaking'],
    additionalProperties: false,
    properties: {
      kind: { enum: BLUEPRINT_CHANGE_KINDS },
      path: { ...text, description: 'JSON pointer into the document' },
      before: anything,
      after: anything,
      breaking: {
        type: 'boolean',
        description:
          'it may keep a running environment from being upgraded as it is',
      },
    },
  },
  BlueprintFileChange: {
    type: 'object',
    required: ['path', 'change'],
    additionalProperties: false,
    properties: {
      path: text,
      change: { enum: ['added', 'removed', 'changed'] },
      diff: { ...text, description: 'unified' },
      omitted: {
        enum: ['binary', 'large'],
        description: 'why there is no diff',
      },
    },
  },
  BlueprintComparison: {
    type: 'object',
    required: ['name', 'from', 'to', 'changes', 'files', 'breaking'],
    additionalProperties: false,
    properties: {
      name: text,
      from: text,
      to: text,
      changes: { type: 'array', items: ref('BlueprintChange') },
      files: { type: 'array', items: ref('BlueprintFileChange') },
      breaking: { type: 'boolean' },
    },
  },
  BlueprintImpact: {
    type: 'object',
    required: ['name', 'to', 'environments', 'affected', 'items'],
    additionalProperties: false,
    properties: {
      name: text,
      to: text,
      from: text,
      environments: { ...count, description: 'that were looked at' },
      affected: {
        ...count,
        description: 'of those, whether the caller may see them or not',
      },
      items: {
        type: 'array',
        description: 'those that the caller may see; the first 100 by name',
        items: {
          type: 'object',
          required: ['id', 'name', 'owner', 'version', 'problems'],
          additionalProperties: false,
          properties: {
            id: { type: 'string', format: 'uuid' },
            name: text,
            owner: text,
            version: text,
            problems: { type: 'array', items: ref('Problem') },
          },
        },
      },
    },
  },
} as const;
