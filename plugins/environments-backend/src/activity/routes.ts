import { Router } from 'express';
import { HttpAuthService } from '@backstage/backend-plugin-api';
import { ReportActivityRequest } from '@greenroom/plugin-environments-common';
import { requireUuid } from '../requests';
import { ActivityReports } from './reports';

/** The shapes of bodies are checked against the OpenAPI document before. */
export function registerActivityRoutes(
  router: Router,
  options: { activityReports: ActivityReports; httpAuth: HttpAuthService },
): void {
  const { activityReports, httpAuth } = options;

  router.post('/environments/:id/activity', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    const body: ReportActivityRequest = request.body;
    await activityReports.report(id, body, credentials);
    response.status(204).end();
  });
}
