import { IDLE_ENDS } from '@greenroom/plugin-environments-common';
import {
  body,
  errors,
  object,
  pathParameter,
  ref,
  timestamp,
} from '../openapiParts';

const text = { type: 'string' } as const;
const seconds = { type: 'integer', minimum: 0 } as const;

export const activityPaths = {
  '/environments/{id}/activity': {
    post: {
      operationId: 'reportActivity',
      description:
        'Somebody uses it. Cheap, and may be repeated: it is noted down once a minute.',
      parameters: [pathParameter('id', 'id of the environment')],
      requestBody: body('ReportActivityRequest'),
      responses: { 204: { description: 'Heard.' }, ...errors },
    },
  },
} as const;

export const activitySchemas = {
  ReportActivityRequest: object(
    {
      source: {
        type: 'string',
        pattern: '^[a-z][a-z0-9-]{0,39}$',
        description: 'one word for where it was seen: ingress, ci',
      },
    },
    {
      at: { ...timestamp, description: 'now when absent' },
      note: { type: 'string', maxLength: 200, description: 'for people' },
    },
  ),
  EnvironmentIdle: object(
    {
      afterSeconds: seconds,
      then: { enum: IDLE_ENDS },
      quietSince: timestamp,
      signals: { type: 'array', items: ref('ActivitySignal') },
      probes: { type: 'array', items: ref('EnvironmentProbe') },
    },
    {
      graceSeconds: seconds,
      bumpSeconds: seconds,
      dueAt: timestamp,
      standing: text,
      endsAt: timestamp,
    },
  ),
  ActivitySignal: object({
    signal: text,
    at: timestamp,
    evidence: object({}, { by: text, value: text, note: text }),
  }),
  EnvironmentProbe: object(
    { name: text },
    {
      answeredAt: timestamp,
      value: text,
      problem: text,
      failingSince: timestamp,
    },
  ),
};
