import { IDLE_ENDS, ON_EXPIRY } from '@greenroom/plugin-environments-common';
import {
  errors,
  itemsOf,
  json,
  pathParameter,
  ref,
  timestamp,
} from '../openapiParts';
import { blueprintVersionStatus } from './versionOpenapi';

const name = pathParameter('name', 'name of the blueprint');
const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const problems = { type: 'array', items: ref('Problem') } as const;
const status = blueprintVersionStatus;
const notice = ref('BlueprintVersionNotice');

export const blueprintPaths = {
  '/blueprint-schema.json': {
    get: {
      operationId: 'getBlueprintSchema',
      description: 'For editors, which bring no credentials.',
      responses: {
        200: {
          description: 'JSON Schema (draft 7) of the blueprint document.',
          content: {
            'application/schema+json': { schema: { type: 'object' } },
          },
        },
        ...errors,
      },
    },
  },
  '/blueprints': {
    get: {
      operationId: 'listBlueprints',
      parameters: [
        { name: 'search', in: 'query', schema: { ...text, maxLength: 200 } },
      ],
      responses: {
        200: json('All blueprints by title.', itemsOf('BlueprintSummary')),
        ...errors,
      },
    },
    post: {
      operationId: 'publishBlueprint',
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: ref('PublishBlueprintRequest') },
        },
      },
      responses: {
        200: json('Checked already.', ref('BlueprintVersion')),
        202: json(
          'Kept; its sources are being checked.',
          ref('BlueprintVersion'),
        ),
        ...errors,
      },
    },
  },
  '/blueprints/{name}': {
    get: {
      operationId: 'getBlueprint',
      parameters: [name],
      responses: {
        200: json('The blueprint with its versions.', ref('Blueprint')),
        ...errors,
      },
    },
  },
  '/blueprints/{name}/versions/{version}': {
    get: {
      operationId: 'getBlueprintVersion',
      parameters: [name, pathParameter('version', 'semver')],
      responses: {
        200: json('The version.', ref('BlueprintVersion')),
        ...errors,
      },
    },
  },
  '/blueprints/{name}/versions/{version}/source': {
    get: {
      operationId: 'getBlueprintSource',
      parameters: [name, pathParameter('version', 'semver')],
      responses: {
        200: json('What it was published with.', ref('BlueprintSource')),
        ...errors,
      },
    },
  },
} as const;

const named = {
  name: text,
  title: text,
  description: text,
  entityRef: text,
  owner: text,
  type: text,
} as const;

const summary = {
  ...named,
  tags: { type: 'array', items: text },
  recommendedVersion: text,
  recommendedOnPurpose: {
    type: 'boolean',
    description: 'somebody chose it',
  },
  versions: count,
  environments: count,
  typicalCreateSeconds: {
    type: 'number',
    description: 'median of the last 50 successful creates',
  },
  problems,
} as const;

const source = {
  document: { ...text, description: 'the YAML document' },
  files: {
    type: 'object',
    description: 'content in base64, by path relative to the document',
    additionalProperties: text,
  },
} as const;

export const blueprintSchemas = {
  BlueprintSummary: {
    type: 'object',
    required: ['name', 'title', 'entityRef', 'versions', 'problems'],
    properties: summary,
  },
  Blueprint: {
    type: 'object',
    required: ['name', 'title', 'entityRef', 'versionList'],
    properties: {
      ...summary,
      versionList: { type: 'array', items: ref('BlueprintVersionSummary') },
    },
  },
  BlueprintVersionSummary: {
    type: 'object',
    required: ['version', 'status', 'problems', 'environments'],
    properties: {
      version: text,
      status,
      notice,
      publishedAt: timestamp,
      publishedBy: { ...text, description: 'entity ref of who sent it last' },
      problems,
      environments: count,
    },
  },
  BlueprintVersion: {
    type: 'object',
    required: ['name', 'version', 'status', 'problems', 'inputs', 'components'],
    properties: {
      ...named,
      version: text,
      status,
      notice,
      problems,
      inputs: {
        type: 'object',
        description: 'JSON Schema, with the ui: hints of software templates',
      },
      components: {
        type: 'array',
        items: {
          type: 'object',
          required: ['id', 'driver', 'source', 'uses'],
          properties: {
            id: text,
            driver: text,
            source: text,
            resolved: text,
            uses: {
              type: 'array',
              description: 'what it waits for',
              items: {
                type: 'object',
                required: ['component', 'outputs'],
                properties: {
                  component: text,
                  outputs: { type: 'array', items: text },
                },
              },
            },
          },
        },
      },
      outputs: {
        type: 'array',
        items: {
          type: 'object',
          required: ['name', 'title'],
          properties: { name: text, title: text },
        },
      },
      ttl: {
        type: 'object',
        properties: {
          defaultSeconds: count,
          minSeconds: count,
          maxSeconds: count,
          warnBeforeSeconds: { type: 'array', items: count },
          onExpiry: { enum: ON_EXPIRY },
          graceSeconds: count,
          extensions: count,
          extendBySeconds: count,
        },
      },
      schedule: {
        type: 'object',
        required: ['sleep', 'timeZone'],
        properties: { sleep: text, wake: text, timeZone: text, holidays: text },
      },
      idle: {
        type: 'object',
        required: ['afterSeconds', 'then', 'probes'],
        properties: {
          afterSeconds: count,
          then: { enum: IDLE_ENDS },
          graceSeconds: count,
          bumpSeconds: count,
          probes: { type: 'array', items: { type: 'object' } },
        },
      },
      snapshotDigest: text,
    },
  },
  BlueprintSource: {
    type: 'object',
    required: ['document', 'files'],
    additionalProperties: false,
    properties: source,
  },
  PublishBlueprintRequest: {
    type: 'object',
    required: ['document', 'files'],
    additionalProperties: false,
    properties: {
      ...source,
      draft: {
        type: 'boolean',
        description:
          'check it, and keep it as a draft; the same without this publishes it',
      },
    },
  },
} as const;
