import { Request, Router } from 'express';
import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { audited } from '../audited';
import { requireUuid } from '../requests';
import { LiveCommands } from './commands';
import { LiveService } from './service';

const COMPONENT = '/environments/:id/live/:component';

/** The shapes of bodies are checked against the OpenAPI document before. */
export function registerLiveRoutes(
  router: Router,
  options: {
    live: LiveService;
    liveCommands: LiveCommands;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { live, liveCommands, httpAuth, auditor } = options;
  const asked = (request: Request) => ({
    id: requireUuid(request.params.id),
    component: request.params.component,
  });

  router.get('/environments/:id/live', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    response.json(await live.list(id, credentials));
  });

  router.get(COMPONENT, async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { id, component } = asked(request);
    response.json(await live.get(id, component, credentials));
  });

  router.post(`${COMPONENT}/sync`, async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { id, component } = asked(request);
    const event = { eventId: 'component-sync', meta: { id, component } };
    await audited(auditor, request, event, () =>
      liveCommands.sync(id, component, credentials),
    );
    response.status(202).end();
  });

  router.post(`${COMPONENT}/rollback`, async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { id, component } = asked(request);
    const { to }: { to: string } = request.body;
    const meta = { id, component, to };
    const event = { eventId: 'component-rollback', meta };
    await audited(auditor, request, event, () =>
      liveCommands.rollBack(id, component, { to }, credentials),
    );
    response.status(202).end();
  });
}
