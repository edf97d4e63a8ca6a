import { Router } from 'express';
import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { audited } from '../audited';
import { Rekey } from './rekey';

/** The shapes of bodies are checked against the OpenAPI document before. */
export function registerRekeyRoutes(
  router: Router,
  options: { rekey: Rekey; httpAuth: HttpAuthService; auditor: AuditorService },
): void {
  const { rekey, httpAuth, auditor } = options;

  router.get('/sealed', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(await rekey.summary(credentials));
  });

  router.post('/sealed/rekey', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const event = {
      eventId: 'secrets-rekey',
      meta: {},
      severityLevel: 'high',
    } as const;
    response.json(
      await audited(auditor, request, event, () =>
        rekey.next(request.body, credentials),
      ),
    );
  });
}
