import { Router } from 'express';
import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { audited } from '../audited';
import { requireUuid } from '../requests';
import { WatchService } from './service';

export function registerWatchRoutes(
  router: Router,
  options: {
    watching: WatchService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { watching, httpAuth, auditor } = options;
  for (const change of ['watch', 'unwatch'] as const) {
    router.post(`/environments/:id/${change}`, async (request, response) => {
      const credentials = await httpAuth.credentials(request);
      const id = requireUuid(request.params.id);
      const event = { eventId: `environment-${change}`, meta: { id } };
      const items = await audited(auditor, request, event, () =>
        watching[change](id, credentials),
      );
      response.json({ items });
    });
  }
}
