import { Request, Router } from 'express';
import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  ChangeLabelsRequest,
  CreateEnvironmentRequest,
  ListEnvironmentsQuery,
} from '@greenroom/plugin-environments-common';
import { audited } from '../audited';
import { listOf, requireUuid } from '../requests';
import { EnvironmentLabels } from './labels';
import { EnvironmentService } from './service';
import { EnvironmentUpgrades } from './upgrade';

/** The shapes of queries and bodies are checked against the OpenAPI document before. */
export function registerEnvironmentRoutes(
  router: Router,
  options: {
    environments: EnvironmentService;
    upgrades: EnvironmentUpgrades;
    labels: EnvironmentLabels;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { environments, upgrades, labels, httpAuth, auditor } = options;

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
    const event = {
      eventId: 'environment-create',
      meta: {
        name: body.name,
        blueprint: body.blueprint,
        version: body.version,
        dryRun: body.dryRun ? 'yes' : undefined,
      },
    };
    const answer = await audited(auditor, request, event, () =>
      environments.create(body, credentials, request.get('Idempotency-Key')),
    );
    response.status(answer.operation ? 202 : 200).json(answer);
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

  router.patch('/environments/:id/labels', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    const body: ChangeLabelsRequest = request.body;
    const event = { eventId: 'environment-labels', meta: { id } };
    const answer = await audited(auditor, request, event, () =>
      labels.change(id, body, credentials),
    );
    response.json(answer);
  });

  router.get('/environments/:id/upgrade', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    response.json(await upgrades.describe(id, request.query, credentials));
  });

  router.get('/environments/:id/resources', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    response.json({ items: await environments.resources(id, credentials) });
  });
}

function readQuery({ query }: Request): ListEnvironmentsQuery {
  return {
    ...query,
    state: listOf(query.state),
    blueprint: listOf(query.blueprint),
    version: listOf(query.version),
    owner: listOf(query.owner),
    label: listOf(query.label),
    limit: query.limit === undefined ? undefined : Number(query.limit),
  };
}
