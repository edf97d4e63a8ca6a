import { Request, Router } from 'express';
import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  ForgetRequest,
  ListOrphansQuery,
} from '@greenroom/plugin-environments-common';
import { audited } from '../audited';
import { listOf, requireUuid } from '../requests';
import { TeardownCheckRequests } from './check/requests';
import { ForgetService } from './forget';
import { OrphanService } from './orphans';

/** The shapes of queries and bodies are checked against the OpenAPI document before. */
export function registerOrphanRoutes(
  router: Router,
  options: {
    orphans: OrphanService;
    forget: ForgetService;
    teardownCheckRequests: TeardownCheckRequests;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { orphans, forget, teardownCheckRequests } = options;
  const { httpAuth, auditor } = options;

  router.get('/orphans', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(await orphans.list(readQuery(request), credentials));
  });

  router.get('/failed-teardowns', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = readQuery(request);
    response.json(await orphans.listFailedTeardowns(query, credentials));
  });

  router.get('/teardown-checks', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = readQuery(request);
    response.json(await orphans.listFailingChecks(query, credentials));
  });

  router.post('/environments/:id/teardown-check', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    const event = { eventId: 'environment-teardown-check', meta: { id } };
    const operation = await audited(auditor, request, event, () =>
      teardownCheckRequests.check(id, credentials),
    );
    response.status(202).json(operation);
  });

  router.post('/environments/:id/forget', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    const body: ForgetRequest = request.body;
    const event = {
      eventId: 'environment-forget',
      meta: { id, reason: body.reason },
      severityLevel: 'high' as const,
    };
    const environment = await audited(auditor, request, event, () =>
      forget.forget(id, body, credentials),
    );
    response.json(environment);
  });
}

function readQuery({ query }: Request): ListOrphansQuery {
  return {
    ...query,
    state: listOf(query.state),
    owner: listOf(query.owner),
    limit: query.limit === undefined ? undefined : Number(query.limit),
  };
}
