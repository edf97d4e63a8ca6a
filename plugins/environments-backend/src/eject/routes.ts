import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { audited } from '../audited';
import { requireUuid } from '../requests';
import { EjectService } from './service';

/** The shapes of queries and bodies are checked against the OpenAPI document before. */
export function registerEjectRoutes(
  router: Router,
  options: {
    eject: EjectService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { eject, httpAuth, auditor } = options;

  router.get('/environments/:id/eject', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    const event = { eventId: 'environment-eject', meta: { id } };
    const { name, archive } = await audited(auditor, request, event, () =>
      eject.eject(id, credentials),
    );
    response
      .attachment(`${name}.zip`)
      .set('Cache-Control', 'no-store')
      .type('application/zip');
    await pipeline(archive, response);
  });
}
