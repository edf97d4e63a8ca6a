import { Router } from 'express';
import { HttpAuthService } from '@backstage/backend-plugin-api';
import { readSelection } from '../fleet/routes';
import { LeaseSleeps } from './service';

/** The shapes of queries are checked against the OpenAPI document before. */
export function registerSleepRoutes(
  router: Router,
  options: { leaseSleeps: LeaseSleeps; httpAuth: HttpAuthService },
): void {
  const { leaseSleeps, httpAuth } = options;

  router.get('/leases/sleeps', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { from, until, cursor, limit } = request.query;
    const query = {
      ...readSelection(request),
      from: String(from),
      until: String(until),
      cursor: cursor as string | undefined,
      limit: limit === undefined ? undefined : Number(limit),
    };
    response.json(await leaseSleeps.list(query, credentials));
  });
}
