import { STEP_ACTIONS } from '@greenroom/plugin-environments-common';
import {
  errors,
  json,
  pathParameter,
  ref,
  timestamp,
} from '../../openapiParts';
import { DOWNLOAD_FORMATS } from './logDownload';

const id = pathParameter('id', 'id of the operation');
const after = {
  name: 'after',
  in: 'query',
  description: 'id of the last line already known',
  schema: { type: 'string' },
} as const;

export const logPaths = {
  '/operations/{id}/logs': {
    get: {
      operationId: 'getLogs',
      parameters: [
        id,
        after,
        {
          name: 'limit',
          in: 'query',
          schema: { type: 'integer', minimum: 1, maximum: 1000 },
        },
      ],
      responses: {
        200: json('Lines in their order.', ref('LogPage')),
        ...errors,
      },
    },
  },
  '/operations/{id}/logs/stream': {
    get: {
      operationId: 'streamLogs',
      description:
        'Server-sent events: `line` with a LogLine, its id to resume from by Last-Event-ID, and at last `end` with the state, and with `removed` when the log was kept long enough.',
      parameters: [id, after],
      responses: {
        200: {
          description: 'The lines as they come.',
          content: { 'text/event-stream': { schema: { type: 'string' } } },
        },
        ...errors,
      },
    },
  },
  '/operations/{id}/logs/download': {
    get: {
      operationId: 'downloadLogs',
      parameters: [
        id,
        { name: 'format', in: 'query', schema: { enum: DOWNLOAD_FORMATS } },
      ],
      responses: {
        200: {
          description:
            'All lines so far, as a file: time, component, step and stream before each text, or a LogLine as JSON on each line.',
          content: {
            'text/plain': { schema: { type: 'string' } },
            'application/x-ndjson': { schema: { type: 'string' } },
          },
        },
        ...errors,
      },
    },
  },
} as const;

export const logSchemas = {
  LogLine: {
    type: 'object',
    required: ['id', 'time', 'component', 'action', 'stream', 'level', 'text'],
    additionalProperties: false,
    properties: {
      id: { type: 'string' },
      time: timestamp,
      component: { type: 'string' },
      action: { enum: STEP_ACTIONS },
      stream: { enum: ['stdout', 'stderr', 'greenroom'] },
      level: { enum: ['info', 'warning', 'error'] },
      text: { type: 'string' },
    },
  },
  LogPage: {
    type: 'object',
    required: ['items', 'complete'],
    additionalProperties: false,
    properties: {
      items: { type: 'array', items: ref('LogLine') },
      complete: {
        type: 'boolean',
        description: 'the operation has ended and no later line can come',
      },
      removed: {
        type: 'object',
        description: 'the log was kept long enough, and is gone',
        required: ['at', 'keptFor'],
        additionalProperties: false,
        properties: { at: timestamp, keptFor: { type: 'string' } },
      },
    },
  },
} as const;
