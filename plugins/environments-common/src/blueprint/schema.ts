import { JsonObject } from '../json';
import {
  driftSchema,
  policiesSchema,
  scheduleSchema,
  ttlSchema,
} from './schemaRules';
import { costSchema } from './schemaCost';
import { idleSchema } from './schemaIdle';
import {
  BLUEPRINT_API_VERSION,
  BLUEPRINT_KIND,
  BLUEPRINT_LIMITS,
} from './document';

/** Names that expressions reach by a dot: no hyphens, which CEL reads as minus. */
const IDENTIFIER = '^[a-z][a-zA-Z0-9_]{0,39}$';
const ENTITY_REF = '^[^\\s]+$';

const strings = { type: 'object', additionalProperties: { type: 'string' } };

/**
 * JSON Schema (draft 7) of a blueprint document, for editors and for {@link parseBlueprint}.
 * It says what a document looks like; what its parts mean to each other is checked beside it.
 *
 * `errorMessage` is what a reader is told when a value does not fit, in place of the pattern.
 * Descriptions and examples are what editors show while one types.
 *
 * @public
 */
export const blueprintSchema: JsonObject & {
  // What the catalog checks too.
  properties: Record<string, JsonObject> & {
    spec: JsonObject & { properties: Record<string, JsonObject> };
  };
} = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://greenroom.dev/schemas/blueprint-v1.json',
  title: 'EnvironmentBlueprint',
  description: 'A named, versioned recipe for environments.',
  type: 'object',
  additionalProperties: false,
  required: ['apiVersion', 'kind', 'metadata', 'spec'],
  properties: {
    apiVersion: {
      description: 'The version of this format.',
      const: BLUEPRINT_API_VERSION,
    },
    kind: { description: 'The catalog kind.', const: BLUEPRINT_KIND },
    metadata: {
      description: 'What the catalog knows the blueprint by.',
      type: 'object',
      additionalProperties: false,
      required: ['name'],
      properties: {
        name: {
          description: 'Unique among blueprints; a DNS label.',
          type: 'string',
          pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
          errorMessage:
            'small letters, digits and hyphens, at most 63, a letter or digit at both ends',
          examples: ['web-service-sandbox'],
        },
        namespace: {
          description:
            'The catalog namespace; blueprints live in the default one.',
          const: 'default',
        },
        title: {
          description: 'What people read instead of the name.',
          type: 'string',
          minLength: 1,
          maxLength: 120,
          examples: ['Web service sandbox'],
        },
        description: {
          description: 'One or two sentences: what one gets.',
          type: 'string',
          maxLength: 2000,
          examples: ['A service with a database of its own.'],
        },
        tags: {
          description: 'Words to find it by.',
          type: 'array',
          maxItems: 50,
          examples: [['sandbox']],
          items: {
            type: 'string',
            pattern: '^[a-z0-9:+#]+(-[a-z0-9:+#]+)*$',
            maxLength: 63,
            errorMessage: 'small letters, digits and hyphens, at most 63',
          },
        },
        labels: {
          description: 'Catalog labels.',
          ...strings,
          examples: [{ team: 'platform' }],
        },
        annotations: {
          description: 'Catalog annotations.',
          ...strings,
          examples: [{ 'backstage.io/techdocs-ref': 'dir:.' }],
        },
        links: {
          description: 'Links shown in the catalog.',
          type: 'array',
          examples: [[{ url: 'https://example.com', title: 'Handbook' }]],
          items: {
            description: 'One of them.',
            type: 'object',
            required: ['url'],
            examples: [{ url: 'https://example.com' }],
          },
        },
      },
    },
    spec: {
      description: 'The recipe.',
      type: 'object',
      additionalProperties: false,
      required: ['type', 'owner', 'version', 'components'],
      properties: {
        type: {
          description:
            'What environments of it are for: sandbox, preview, test, staging, production, or any word.',
          type: 'string',
          pattern: '^[a-z][a-z0-9-]{0,39}$',
          errorMessage:
            'one word of small letters, digits and hyphens, at most 40',
          examples: ['sandbox', 'preview', 'test', 'staging', 'production'],
        },
        owner: {
          description: 'Entity ref of the group or user that keeps it.',
          type: 'string',
          pattern: ENTITY_REF,
          errorMessage: 'an entity reference such as group:default/platform',
          examples: ['group:default/platform'],
        },
        lifecycle: {
          description:
            'How far one can rely on it: experimental, production, deprecated.',
          type: 'string',
          minLength: 1,
          maxLength: 63,
          examples: ['experimental', 'production', 'deprecated'],
        },
        version: {
          description: 'Semver. Once published, its content never changes.',
          type: 'string',
          maxLength: 100,
          examples: ['1.0.0'],
        },
        inputs: {
          description:
            'JSON Schema (draft 7) of what one is asked for, with the ui: hints that software templates know.',
          type: 'object',
          examples: [
            {
              type: 'object',
              required: ['title'],
              properties: { title: { type: 'string', title: 'Title' } },
            },
          ],
        },
        components: {
          description: 'What environments are made of, by id.',
          type: 'object',
          minProperties: 1,
          maxProperties: BLUEPRINT_LIMITS.components,
          propertyNames: {
            pattern: IDENTIFIER,
            errorMessage:
              'a small letter first, then letters, digits and underscores, at most 40',
          },
          additionalProperties: {
            description: 'One part of the environment, run by a driver.',
            type: 'object',
            additionalProperties: false,
            required: ['driver', 'source'],
            properties: {
              driver: {
                description: 'Who runs it.',
                type: 'string',
                pattern: '^[a-z][a-z0-9-]{0,39}$',
                errorMessage: 'the id of a driver',
                examples: ['terraform'],
              },
              source: {
                description:
                  'A folder beside this file, a Git address at a ref, or a registry module at an exact version; it is kept with the version.',
                type: 'string',
                minLength: 1,
                maxLength: 1000,
                examples: [
                  './site',
                  'https://github.com/acme/modules/tree/v1.2.0/site',
                  'acme/site/aws?version=1.2.0',
                ],
              },
              with: {
                description:
                  'What the driver is given. Strings may hold expressions: ${{ inputs.name }}.',
                type: 'object',
                examples: [{ name: '${{ environment.slug }}' }],
              },
              when: {
                description:
                  'One expression, true or false: ${{ inputs.size != "none" }}. Environments do without the component where it is false.',
                type: 'string',
                minLength: 1,
                examples: ['${{ inputs.size != "none" }}'],
              },
              pause: {
                description:
                  'What pausing an environment does to this component; without it nothing.',
                type: 'object',
                additionalProperties: false,
                required: ['with'],
                properties: {
                  with: {
                    description:
                      'What differs in `with` while paused: {instances: 0}. Maps are merged key by key.',
                    type: 'object',
                    examples: [{ instances: 0 }],
                  },
                },
              },
            },
          },
        },
        outputs: {
          description:
            'What people get to see of a running environment, by name.',
          type: 'object',
          maxProperties: 50,
          propertyNames: {
            pattern: IDENTIFIER,
            errorMessage:
              'a small letter first, then letters, digits and underscores, at most 40',
          },
          additionalProperties: {
            description: 'One of them.',
            type: 'object',
            additionalProperties: false,
            required: ['value'],
            properties: {
              value: {
                description:
                  'Usually one expression: ${{ components.site.outputs.url }}.',
                examples: ['${{ components.site.outputs.url }}'],
              },
              title: {
                description: 'What the button says.',
                type: 'string',
                minLength: 1,
                maxLength: 120,
                examples: ['Open the site'],
              },
              sensitive: {
                description:
                  'true: kept sealed and never shown. Needed where a secret input flows into it.',
                type: 'boolean',
              },
            },
          },
        },
        examples: {
          description:
            'Inputs that a request could make, each to try the blueprint with.',
          type: 'array',
          maxItems: BLUEPRINT_LIMITS.examples,
          items: {
            description: 'One request that could be made.',
            type: 'object',
            additionalProperties: false,
            required: ['name', 'inputs'],
            properties: {
              name: {
                description: 'Unique among the examples.',
                type: 'string',
                pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
                errorMessage:
                  'small letters, digits and hyphens, at most 63, a letter or digit at both ends',
                examples: ['small'],
              },
              description: {
                description: 'What it shows.',
                type: 'string',
                maxLength: 2000,
                examples: ['Without a database'],
              },
              inputs: {
                description: 'As a request would give them.',
                type: 'object',
                examples: [{ title: 'Tea' }],
              },
            },
          },
        },
        schedule: scheduleSchema,
        idle: idleSchema,
        cost: costSchema,
        drift: driftSchema,
        policies: policiesSchema,
        ttl: ttlSchema,
      },
    },
  },
};
