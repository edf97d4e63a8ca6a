import { Router } from 'express';
import { HttpAuthService } from '@backstage/backend-plugin-api';
import { LeaseWhatIf } from './service';

/** The shapes of bodies are checked against the OpenAPI document before. */
export function registerWhatIfRoutes(
  router: Router,
  options: { leaseWhatIf: LeaseWhatIf; httpAuth: HttpAuthService },
): void {
  const { leaseWhatIf, httpAuth } = options;

  router.get('/leases/rules', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(await leaseWhatIf.rules(credentials));
  });

  router.post('/leases/simulate', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(await leaseWhatIf.simulate(request.body, credentials));
  });

  router.post('/leases/simulate/environments', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(await leaseWhatIf.list(request.body, credentials));
  });
}
