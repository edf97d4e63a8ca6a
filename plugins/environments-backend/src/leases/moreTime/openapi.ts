import { MORE_TIME_STATES } from '@greenroom/plugin-environments-common';
import {
  errors,
  json,
  object,
  pageOf,
  paging,
  reason,
  ref,
  timestamp,
} from '../../openapiParts';
import { selection } from '../fleet/openapi';
import { change, changeFields, moveFields } from '../openapi';

const text = { type: 'string' } as const;
const uuid = { type: 'string', format: 'uuid' } as const;

export const moreTimePaths = {
  '/leases/more-time': {
    get: {
      operationId: 'listMoreTime',
      parameters: [...selection, ...paging],
      responses: {
        200: json(
          'Requests for leases beyond their limits that wait, the oldest first.',
          ref('WaitingMoreTimePage'),
        ),
        ...errors,
      },
    },
  },
  '/environments/{id}/lease/ask': change(
    'askMoreTime',
    'AskMoreTimeRequest',
    'Somebody is asked; the lease stays as it is.',
  ),
  '/environments/{id}/lease/approve': change(
    'approveMoreTime',
    'AnswerMoreTimeRequest',
    'It ends when it was asked to.',
  ),
  '/environments/{id}/lease/decline': change(
    'declineMoreTime',
    'DeclineMoreTimeRequest',
    'The lease stays as it is.',
  ),
  '/environments/{id}/lease/withdraw': change(
    'withdrawMoreTime',
    'AnswerMoreTimeRequest',
    'Nobody is asked any more.',
  ),
} as const;

const request = {
  required: {
    id: uuid,
    environmentId: uuid,
    environmentName: text,
    owner: text,
    askedBy: text,
    askedAt: timestamp,
    until: timestamp,
    reason: text,
    limit: ref('Problem'),
    state: { enum: MORE_TIME_STATES },
    rights: object({
      answer: { type: 'boolean' },
      withdraw: { type: 'boolean' },
    }),
  },
  optional: { answer: object({ by: text, at: timestamp, reason: text }) },
};

export const moreTimeSchemas = {
  MoreTimeRequest: object(request.required, request.optional),
  WaitingMoreTime: object(request.required, {
    ...request.optional,
    expiresAt: timestamp,
  }),
  WaitingMoreTimePage: pageOf('WaitingMoreTime'),
  AskMoreTimeRequest: object({ reason }, { ...changeFields, ...moveFields }),
  AnswerMoreTimeRequest: object({ request: uuid }, changeFields),
  DeclineMoreTimeRequest: object({ request: uuid, reason }, changeFields),
};
