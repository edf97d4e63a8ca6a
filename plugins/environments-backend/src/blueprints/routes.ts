import { Router } from 'express';
import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  blueprintSchema,
  PublishBlueprintRequest,
} from '@greenroom/plugin-environments-common';
import { BlueprintService } from './service';
import { registerBlueprintVersionRoutes } from './versionRoutes';

/** The shapes of queries and bodies are checked against the OpenAPI document before. */
export function registerBlueprintRoutes(
  router: Router,
  options: {
    service: BlueprintService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { service, httpAuth, auditor } = options;

  registerBlueprintVersionRoutes(router, options);

  router.get('/blueprint-schema.json', (_request, response) => {
    response.type('application/schema+json').send(blueprintSchema);
  });

  router.get('/blueprints', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { search } = request.query as { search?: string };
    response.json({ items: await service.list({ search }, credentials) });
  });

  router.get('/blueprints/:name', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(await service.get(request.params.name, credentials));
  });

  router.get(
    '/blueprints/:name/versions/:version',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request);
      const { name, version } = request.params;
      response.json(await service.getVersion(name, version, credentials));
    },
  );

  router.get(
    '/blueprints/:name/versions/:version/source',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request);
      const { name, version } = request.params;
      response.json(await service.getSource(name, version, credentials));
    },
  );

  router.post('/blueprints', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const body: PublishBlueprintRequest = request.body;
    const event = await auditor.createEvent({
      eventId: 'blueprint-publish',
      request,
      severityLevel: 'medium',
    });
    try {
      const version = await service.publish(body, credentials);
      const { name, version: number } = version;
      await event.success({ meta: { name, version: number } });
      response
        .status(version.status === 'validating' ? 202 : 200)
        .json(version);
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  });
}
