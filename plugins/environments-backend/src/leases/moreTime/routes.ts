import { Router } from 'express';
import { HttpAuthService } from '@backstage/backend-plugin-api';
import { readSelection } from '../fleet/routes';
import { MoreTimeService } from './service';

/** The shapes of queries are checked against the OpenAPI document before. */
export function registerMoreTimeRoutes(
  router: Router,
  options: { moreTime: MoreTimeService; httpAuth: HttpAuthService },
): void {
  const { moreTime, httpAuth } = options;

  router.get('/leases/more-time', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { cursor, limit } = request.query;
    const query = {
      ...readSelection(request),
      cursor: cursor as string | undefined,
      limit: limit === undefined ? undefined : Number(limit),
    };
    response.json(await moreTime.waiting(query, credentials));
  });
}
