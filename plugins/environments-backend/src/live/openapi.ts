import {
  body,
  errors,
  json,
  object,
  pathParameter,
  ref,
  timestamp,
} from '../openapiParts';

const text = { type: 'string' } as const;
const sync = { enum: ['synced', 'outOfSync', 'unknown'] };
const health = {
  enum: [
    'healthy',
    'progressing',
    'degraded',
    'missing',
    'suspended',
    'unknown',
  ],
};

const id = pathParameter('id', 'id of the environment');
const component = [id, pathParameter('component', 'id of the component')];
const asked = {
  202: { description: 'Asked for; the system works on it.' },
  ...errors,
};

export const livePaths = {
  '/environments/{id}/live': {
    get: {
      operationId: 'listLiveComponents',
      description:
        'How components stand, by the last look of the systems that run them.',
      parameters: [id],
      responses: {
        200: json(
          'Those that a system looks after; problems say why others are missing.',
          ref('LiveComponents'),
        ),
        ...errors,
      },
    },
  },
  '/environments/{id}/live/{component}': {
    get: {
      operationId: 'getLiveComponent',
      parameters: component,
      responses: {
        200: json('One component.', ref('LiveDetail')),
        ...errors,
      },
    },
  },
  '/environments/{id}/live/{component}/sync': {
    post: {
      operationId: 'syncLiveComponent',
      description: 'Has what was last applied made again.',
      parameters: component,
      responses: asked,
    },
  },
  '/environments/{id}/live/{component}/rollback': {
    post: {
      operationId: 'rollBackLiveComponent',
      description:
        'Has something made again that ran before; what is declared stays as it is.',
      parameters: component,
      requestBody: body('RollBackComponentRequest'),
      responses: asked,
    },
  },
} as const;

const standing = {
  component: text,
  driver: text,
  name: { ...text, description: 'what the system calls it' },
  sync,
  health,
  selfHeals: {
    type: 'boolean',
    description: 'the system undoes what others change',
  },
};
const mayStand = { url: text, message: text, revision: text };
const listOf = (schema: string) => ({ type: 'array', items: ref(schema) });

export const liveSchemas = {
  LiveComponents: object({
    items: listOf('LiveComponent'),
    problems: listOf('Problem'),
  }),
  LiveComponent: object(standing, mayStand),
  LiveDetail: object(
    {
      ...standing,
      resources: listOf('LiveResource'),
      orphaned: listOf('LiveResource'),
      omittedResources: { type: 'integer', minimum: 0 },
      changes: listOf('ResourceChange'),
      history: listOf('LiveHistoryEntry'),
    },
    { ...mayStand, operation: ref('LiveOperation') },
  ),
  LiveResource: object(
    {
      id: text,
      group: text,
      kind: text,
      name: text,
      images: { type: 'array', items: text },
    },
    {
      parentId: text,
      namespace: text,
      sync,
      health,
      message: text,
      createdAt: timestamp,
    },
  ),
  LiveHistoryEntry: object(
    { id: text, revision: text },
    { deployedAt: timestamp, source: text },
  ),
  LiveOperation: object(
    {
      phase: { enum: ['running', 'terminating', 'succeeded', 'failed'] },
      message: text,
    },
    {
      startedAt: timestamp,
      finishedAt: timestamp,
      by: text,
      revision: text,
    },
  ),
  RollBackComponentRequest: object({
    to: {
      type: 'string',
      minLength: 1,
      maxLength: 200,
      description: 'id of an entry of the history',
    },
  }),
} as const;
