import { Router } from 'express';
import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { BulkRequest } from '@greenroom/plugin-environments-common';
import { audited } from '../audited';
import { BulkService } from './service';

/** The shapes of bodies are checked against the OpenAPI document before. */
export function registerBulkRoutes(
  router: Router,
  options: {
    bulk: BulkService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { bulk, httpAuth, auditor } = options;

  router.post('/environments/bulk', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const body: BulkRequest = request.body;
    const event = {
      eventId: `environments-${body.action}`,
      meta: {
        reason: body.reason,
        count: body.ids && String(body.ids.length),
        dryRun: body.dryRun ? 'yes' : undefined,
      },
    };
    const answer = await audited(auditor, request, event, () =>
      bulk.change(body, credentials, request.get('Idempotency-Key')),
    );
    response.json(answer);
  });
}
