import { Router } from 'express';
import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  MoveBlueprintVersionRequest,
  RecommendBlueprintRequest,
} from '@greenroom/plugin-environments-common';
import { audited } from '../audited';
import { BlueprintService } from './service';

/** The shapes of queries and bodies are checked against the OpenAPI document before. */
export function registerBlueprintVersionRoutes(
  router: Router,
  options: {
    service: BlueprintService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { service, httpAuth, auditor } = options;

  router.get('/blueprints/:name/compare', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = request.query as { from: string; to: string };
    const { name } = request.params;
    response.json(await service.compare(name, query, credentials));
  });

  router.get(
    '/blueprints/:name/versions/:version/impact',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request);
      const query = request.query as { from?: string };
      const { name, version } = request.params;
      response.json(await service.impact(name, version, query, credentials));
    },
  );

  router.post(
    '/blueprints/:name/versions/:version/move',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request);
      const body: MoveBlueprintVersionRequest = request.body;
      const { name, version } = request.params;
      const { status, reason } = body;
      const event = {
        eventId: 'blueprint-version-move',
        meta: { name, version, status, reason },
      };
      response.json(
        await audited(auditor, request, event, () =>
          service.moveVersion(name, version, body, credentials),
        ),
      );
    },
  );

  router.post('/blueprints/:name/recommend', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const body: RecommendBlueprintRequest = request.body;
    const { name } = request.params;
    const { version, reason } = body;
    const event = {
      eventId: 'blueprint-recommend',
      meta: { name, version, reason },
    };
    response.json(
      await audited(auditor, request, event, () =>
        service.recommend(name, body, credentials),
      ),
    );
  });
}
