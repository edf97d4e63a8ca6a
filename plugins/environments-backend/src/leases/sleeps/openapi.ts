import { ENVIRONMENT_STATES } from '@greenroom/plugin-environments-common';
import {
  errors,
  json,
  object,
  pageOf,
  paging,
  queryParameter,
  ref,
  timestamp,
} from '../../openapiParts';
import { selection } from '../fleet/openapi';

const text = { type: 'string' } as const;

export const sleepPaths = {
  '/leases/sleeps': {
    get: {
      operationId: 'listSleeps',
      parameters: [
        ...selection,
        { ...queryParameter('from', timestamp), required: true },
        { ...queryParameter('until', timestamp), required: true },
        ...paging,
      ],
      responses: {
        200: json(
          'When environments sleep by their schedules.',
          ref('SleepsPage'),
        ),
        ...errors,
      },
    },
  },
};

export const sleepSchemas = {
  SleepingEnvironment: object(
    {
      environmentId: { type: 'string', format: 'uuid' },
      environmentName: text,
      owner: text,
      state: { enum: ENVIRONMENT_STATES },
      schedule: ref('EnvironmentSchedule'),
      standing: { enum: ['awake', 'asleep', 'paused'] },
      sleeps: {
        type: 'array',
        items: object({ from: timestamp }, { until: timestamp }),
      },
      holidays: { type: 'array', items: { type: 'string', format: 'date' } },
      rights: object({ wake: { type: 'boolean' } }),
    },
    {
      next: object({ kind: { enum: ['sleep', 'wake'] }, at: timestamp }),
      endsAt: timestamp,
    },
  ),
  SleepsPage: pageOf('SleepingEnvironment'),
};
