import {
  errors,
  itemsOf,
  json,
  object,
  pathParameter,
  ref,
  timestamp,
} from '../openapiParts';

function change(operationId: string) {
  return {
    post: {
      operationId,
      parameters: [pathParameter('id', 'id of the environment')],
      responses: {
        200: json('Who watches it now.', ref('EnvironmentWatchers')),
        ...errors,
      },
    },
  };
}

export const watchPaths = {
  '/environments/{id}/watch': change('watchEnvironment'),
  '/environments/{id}/unwatch': change('unwatchEnvironment'),
} as const;

export const watchSchemas = {
  EnvironmentWatcher: object({
    watcher: { type: 'string', description: 'entity ref of a person' },
    since: timestamp,
  }),
  EnvironmentWatchers: itemsOf('EnvironmentWatcher'),
} as const;
