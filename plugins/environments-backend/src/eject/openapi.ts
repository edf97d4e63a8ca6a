import { errors, pathParameter } from '../openapiParts';

export const ejectPaths = {
  '/environments/{id}/eject': {
    get: {
      operationId: 'ejectEnvironment',
      description:
        'Its components as they were last applied, as plain Terraform; secrets are named and left out.',
      parameters: [pathParameter('id', 'of the environment')],
      responses: {
        200: {
          description: 'A zip archive.',
          content: {
            'application/zip': { schema: { type: 'string', format: 'binary' } },
          },
        },
        ...errors,
      },
    },
  },
} as const;
