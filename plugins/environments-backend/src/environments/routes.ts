import { Request, Router } from 'express';
import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  CreateEnvironmentRequest,
  DestroyEnvironmentRequest,
  ListEnvironmentsQuery,
} from '@greenroom/plugin-environments-common';
import { listOf, requireUuid } from '../requests';
import { EnvironmentService } from './service';

/** The shapes of queries and bodies are checked against the OpenAPI document before. */
export function registerEnvironmentRoutes(
  router: Router,
  options: {
    environments: EnvironmentService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { environments, httpAuth, auditor } = options;

  router.get('/environments', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(await environments.list(readQuery(request), credentials));
  });

  router.get('/environments/counts', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(await environments.counts(credentials));
  });

  router.post('/environments', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const body: CreateEnvironmentRequest = request.body;
    const answer = await audited(
      request,
      'environment-create',
      { name: body.name, blueprint: body.blueprint },
      () =>
        environments.create(body, credentials, request.get('Idempotency-Key')),
    );
    response.status(body.dryRun ? 200 : 202).json(answer);
  });

  router.get('/environments/by-name/:name', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { name } = request.params;
    response.json(await environments.getByName(name, credentials));
  });

  router.get('/environments/:id', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    response.json(await environments.get(id, credentials));
  });

  router.post('/environments/:id/destroy', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    const body: DestroyEnvironmentRequest = request.body;
    const answer = await audited(request, 'environment-destroy', { id }, () =>
      environments.destroy(id, body, credentials),
    );
    response.status(202).json(answer);
  });

  router.get('/environments/:id/resources', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    response.json({ items: await environments.resources(id, credentials) });
  });

  router.get('/environments/:id/operations', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    response.json({ items: await environments.operations(id, credentials) });
  });

  async function audited<T>(
    request: Request,
    eventId: string,
    meta: Record<string, string>,
    use: () => Promise<T>,
  ): Promise<T> {
    const event = await auditor.createEvent({
      eventId,
      request,
      severityLevel: 'medium',
      meta,
    });
    try {
      const answer = await use();
      await event.success();
      return answer;
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }
}

function readQuery({ query }: Request): ListEnvironmentsQuery {
  return {
    ...query,
    state: listOf(query.state),
    blueprint: listOf(query.blueprint),
    owner: listOf(query.owner),
    limit: query.limit === undefined ? undefined : Number(query.limit),
  };
}
