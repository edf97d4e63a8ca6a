import { JsonObject } from '../json';

export const DURATION = '^[1-9][0-9]{0,8}[smhd]$';

/** When environments sleep and wake. */
export const scheduleSchema: JsonObject = {
  description:
    'When environments of it sleep (are paused) and wake by themselves. Without it they are on all the time.',
  type: 'object',
  additionalProperties: false,
  required: ['sleep', 'timeZone'],
  properties: {
    sleep: {
      description:
        'When they fall asleep: minute, hour, day of month, month, day of week.',
      type: 'string',
      maxLength: 120,
      examples: ['0 19 * * 1-5'],
    },
    wake: {
      description:
        'When they wake. Without it they sleep until somebody wakes them.',
      type: 'string',
      maxLength: 120,
      examples: ['0 8 * * 1-5'],
    },
    timeZone: {
      description: 'Whose clock that is.',
      type: 'string',
      maxLength: 60,
      examples: ['Europe/Berlin'],
    },
    holidays: {
      description:
        "A calendar of the portal's configuration: nothing wakes on its days.",
      type: 'string',
      pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
      errorMessage:
        'small letters, digits and hyphens, at most 63, a letter or digit at both ends',
      examples: ['berlin'],
    },
  },
};

/** How drift is looked for. */
export const driftSchema: JsonObject = {
  description:
    'How drift is looked for. This version does not act on it yet, and publishes no blueprint that has it.',
  type: 'object',
  additionalProperties: false,
  required: ['every'],
  properties: {
    every: {
      description: 'How often it is looked for.',
      type: 'string',
      pattern: DURATION,
      errorMessage: 'a duration such as 90s, 2m, 36h or 14d',
      examples: ['1h'],
    },
    ignore: {
      description: 'Resources, or attributes of them, that may differ.',
      type: 'array',
      maxItems: 100,
      examples: [
        ['components.database.resources["aws_db_instance.main"].tags'],
      ],
      items: { type: 'string', minLength: 1, maxLength: 500 },
    },
    remediate: {
      description: 'What becomes of drift.',
      enum: ['manual', 'automatic'],
      examples: ['manual'],
    },
  },
};

/** Rules for requests. */
export const policiesSchema: JsonObject = {
  description:
    'Rules for requests. This version does not act on them yet, and publishes no blueprint that has them.',
  type: 'array',
  maxItems: 50,
  items: {
    description: 'One rule.',
    type: 'object',
    additionalProperties: false,
    required: ['when', 'rule', 'otherwise', 'message'],
    properties: {
      when: {
        description: 'When it is asked.',
        const: 'request',
      },
      rule: {
        description: 'CEL; true: all is well.',
        type: 'string',
        minLength: 1,
        examples: ['inputs.size == "small" || owner.inGroup("platform")'],
      },
      otherwise: {
        description: 'What becomes of a request that does not follow.',
        enum: ['warn', 'requireApproval', 'deny'],
        examples: ['requireApproval'],
      },
      message: {
        description: 'What whoever asked is told.',
        type: 'string',
        minLength: 1,
        maxLength: 500,
        examples: ["Large databases need the platform team's word"],
      },
    },
  },
};

/** When environments end. */
export const ttlSchema: JsonObject = {
  description: 'When environments of it end. Without a TTL they do not.',
  type: 'object',
  additionalProperties: false,
  properties: {
    default: {
      description: 'Time to live when the request says none.',
      type: 'string',
      pattern: DURATION,
      errorMessage: 'a duration such as 90s, 2m, 36h or 14d',
      examples: ['48h'],
    },
    min: {
      description: 'The shortest that a request may say.',
      type: 'string',
      pattern: DURATION,
      errorMessage: 'a duration such as 90s, 2m, 36h or 14d',
      examples: ['1h'],
    },
    max: {
      description:
        'The longest that a request may say, and that extensions may reach, counted from the request.',
      type: 'string',
      pattern: DURATION,
      errorMessage: 'a duration such as 90s, 2m, 36h or 14d',
      examples: ['14d'],
    },
    warnBefore: {
      description: 'How long before the end the owner is warned.',
      type: 'array',
      maxItems: 10,
      examples: [['24h', '1h']],
      items: {
        type: 'string',
        pattern: DURATION,
        errorMessage: 'a duration such as 90s, 2m, 36h or 14d',
      },
    },
    onExpiry: {
      description:
        'What happens at the end: it is destroyed, or paused first and destroyed after the grace.',
      enum: ['destroy', 'pause'],
      errorMessage: 'destroy or pause',
      examples: ['destroy'],
    },
    grace: {
      description:
        'With onExpiry: pause, the time between the pause and the destroy.',
      type: 'string',
      pattern: DURATION,
      errorMessage: 'a duration such as 90s, 2m, 36h or 14d',
      examples: ['24h'],
    },
    extensions: {
      description:
        'Limits on moving the end, beside the maximum. Without them it may be moved as often as anyone likes.',
      type: 'object',
      additionalProperties: false,
      properties: {
        max: {
          description: 'How often.',
          type: 'integer',
          minimum: 0,
          maximum: 1000,
          examples: [3],
        },
        by: {
          description: 'By how much at once.',
          type: 'string',
          pattern: DURATION,
          errorMessage: 'a duration such as 90s, 2m, 36h or 14d',
          examples: ['24h'],
        },
      },
    },
  },
};
