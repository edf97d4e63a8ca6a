import { JsonObject } from '../json';
import { BLUEPRINT_LIMITS } from './document';

/** What environments cost. */
export const costSchema: JsonObject = {
  description:
    'What an environment of it costs, as its author estimates it. Without it nobody is told a cost.',
  type: 'object',
  additionalProperties: false,
  required: ['perDay', 'currency'],
  properties: {
    perDay: {
      description: `What it costs a day while it is on, at most ${BLUEPRINT_LIMITS.costPerDay}: a number, or one expression over inputs.`,
      type: ['number', 'string'],
      minimum: 0,
      maximum: BLUEPRINT_LIMITS.costPerDay,
      examples: [1.2, '${{ inputs.size == "large" ? 12.4 : 1.2 }}'],
    },
    currency: {
      description: 'Its three letters by ISO 4217.',
      type: 'string',
      pattern: '^[A-Z]{3}$',
      errorMessage: 'a currency of three capital letters such as EUR',
      examples: ['EUR', 'USD'],
    },
    asleep: {
      description:
        'Which share of that it costs while it is paused, from 0 to 1. 1 when left out.',
      type: 'number',
      minimum: 0,
      maximum: 1,
      examples: [0.2],
    },
  },
};
