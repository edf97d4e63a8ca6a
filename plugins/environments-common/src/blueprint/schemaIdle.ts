import { JsonObject } from '../json';
import { BLUEPRINT_LIMITS, IDLE_ENDS } from './document';
import { DURATION } from './schemaRules';

const duration = {
  type: 'string',
  pattern: DURATION,
  errorMessage: 'a duration such as 90s, 2m, 36h or 14d',
};

const url = {
  description:
    'Whom it asks; the portal must be allowed to read there. It may hold expressions.',
  type: 'string',
  minLength: 1,
  maxLength: 2000,
};

const above = {
  description: 'It is used when the value is larger. 0 when left out.',
  type: 'number',
  examples: [0],
};

const prometheus = {
  description: 'A query to Prometheus, or to what speaks its API.',
  type: 'object',
  additionalProperties: false,
  required: ['url', 'query'],
  properties: {
    url: { ...url, examples: ['https://prometheus.example.com'] },
    query: {
      description:
        'In PromQL. Of several values the largest counts; no value says nothing, so end it by `or vector(0)` where it means no use. It may hold expressions.',
      type: 'string',
      minLength: 1,
      maxLength: 4000,
      examples: [
        'sum(rate(http_requests_total{namespace="${{ environment.slug }}"}[10m])) or vector(0)',
      ],
    },
    above,
  },
};

const http = {
  description: 'Something that answers in JSON when it was used last.',
  type: 'object',
  additionalProperties: false,
  required: ['url', 'json'],
  properties: {
    url: { ...url, examples: ['${{ components.app.outputs.url }}/activity'] },
    json: {
      description:
        'Where that stands in the answer: a moment (2027-01-31T18:00:00Z), a number, true or false; null: never.',
      type: 'string',
      pattern: '^(/([^~/]|~[01])*)+$',
      maxLength: 500,
      errorMessage: 'a JSON pointer such as /lastUsed',
      examples: ['/lastUsed'],
    },
    above,
  },
};

/** What becomes of environments that nobody uses. */
export const idleSchema: JsonObject = {
  description:
    'What becomes of environments of it that nobody uses. Without it nothing does.',
  type: 'object',
  additionalProperties: false,
  required: ['after', 'then'],
  properties: {
    after: {
      description: 'Nothing seen for so long: it counts as not used.',
      ...duration,
      examples: ['4h'],
    },
    then: {
      description:
        'What happens then: it is paused, or its lease ends after a grace.',
      enum: [...IDLE_ENDS],
      errorMessage: 'pause or destroy',
      examples: ['pause'],
    },
    grace: {
      description:
        'With then: destroy, how long it has still; whoever uses it meanwhile keeps it. 24h when left out.',
      ...duration,
      examples: ['24h'],
    },
    bump: {
      description:
        'Use moves the end of the lease to at least so long from then, never beyond the maximum, and counts as no extension.',
      ...duration,
      examples: ['8h'],
    },
    probes: {
      description:
        'Who is asked whether it is used, beside what is seen in the portal and told to its API.',
      type: 'array',
      maxItems: BLUEPRINT_LIMITS.probes,
      items: {
        description: 'One question, to Prometheus or by HTTP.',
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        properties: {
          name: {
            description: 'Unique among the probes.',
            type: 'string',
            pattern: '^[a-z][a-z0-9-]{0,39}$',
            errorMessage:
              'a small letter first, then letters, digits and hyphens, at most 40',
            examples: ['requests'],
          },
          every: {
            description: 'How often it asks. 5m when left out.',
            ...duration,
            examples: ['5m'],
          },
          prometheus,
          http,
        },
      },
    },
  },
};
