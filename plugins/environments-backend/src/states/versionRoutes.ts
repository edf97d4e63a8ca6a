import { Router } from 'express';
import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { RestoreStateRequest } from '@greenroom/plugin-environments-common';
import { audited } from '../audited';
import { requireUuid } from '../requests';
import { StateVersions } from './versions';

/** The shapes of queries and bodies are checked against the OpenAPI document before. */
export function registerStateVersionRoutes(
  router: Router,
  options: {
    stateVersions: StateVersions;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { stateVersions, httpAuth, auditor } = options;

  router.get('/environments/:id/state-versions', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    const { component, cursor, limit } = request.query;
    const query = {
      component: component as string | undefined,
      cursor: cursor as string | undefined,
      limit: limit === undefined ? undefined : Number(limit),
    };
    response.json(await stateVersions.list(id, query, credentials));
  });

  router.get('/state-versions/:id/content', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { id } = request.params;
    const event = {
      eventId: 'state-download',
      meta: { id },
      severityLevel: 'high',
    } as const;
    const { name, content } = await audited(auditor, request, event, () =>
      stateVersions.download(id, credentials),
    );
    response
      .attachment(name)
      .set('Cache-Control', 'no-store')
      .type('application/json')
      .send(content);
  });

  router.post('/state-versions/:id/restore', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { id } = request.params;
    const body: RestoreStateRequest = request.body;
    const event = {
      eventId: 'state-restore',
      meta: { id, reason: body.reason },
      severityLevel: 'high',
    } as const;
    response.json(
      await audited(auditor, request, event, () =>
        stateVersions.restore(id, body, credentials),
      ),
    );
  });
}
