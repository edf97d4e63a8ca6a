import { Request, Router } from 'express';
import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  FleetUpgradeRequest,
  ListFleetEnvironmentsQuery,
  ListFleetUpgradesQuery,
  MoveFleetUpgradeRequest,
} from '@greenroom/plugin-environments-common';
import { audited } from '../audited';
import { listOf, requireUuid } from '../requests';
import { FleetService } from './service';

/** The shapes of queries and bodies are checked against the OpenAPI document before. */
export function registerFleetRoutes(
  router: Router,
  options: {
    fleet: FleetService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { fleet, httpAuth, auditor } = options;

  router.post('/fleet-upgrades/preview', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const body: FleetUpgradeRequest = request.body;
    response.json(await fleet.preview(body, credentials));
  });

  router.post('/fleet-upgrades', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const body: FleetUpgradeRequest = request.body;
    const event = {
      eventId: 'fleet-upgrade',
      meta: {
        blueprint: body.selection.blueprint,
        version: body.version,
        reason: body.reason,
      },
      severityLevel: 'high' as const,
    };
    const answer = await audited(auditor, request, event, () =>
      fleet.create(body, credentials, request.get('Idempotency-Key')),
    );
    response.status(202).json(answer);
  });

  router.get('/fleet-upgrades', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query: ListFleetUpgradesQuery = {
      ...paged(request),
      state: listOf(request.query.state),
    };
    response.json(await fleet.list(query, credentials));
  });

  router.get('/fleet-upgrades/:id', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    response.json(await fleet.get(id, credentials));
  });

  router.get('/fleet-upgrades/:id/environments', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    const { wave } = request.query;
    const query: ListFleetEnvironmentsQuery = {
      ...paged(request),
      state: listOf(request.query.state),
      wave: wave === undefined ? undefined : Number(wave),
    };
    response.json(await fleet.environments(id, query, credentials));
  });

  for (const move of ['pause', 'resume', 'abort'] as const) {
    router.post(`/fleet-upgrades/:id/${move}`, async (request, response) => {
      const credentials = await httpAuth.credentials(request);
      const id = requireUuid(request.params.id);
      const body: MoveFleetUpgradeRequest = request.body;
      const event = {
        eventId: `fleet-upgrade-${move}`,
        meta: { id, reason: body.reason },
      };
      const answer = await audited(auditor, request, event, () =>
        fleet.move(id, move, body, credentials),
      );
      response.json(answer);
    });
  }
}

function paged({ query }: Request) {
  const { limit, ...rest } = query;
  return { ...rest, limit: limit === undefined ? undefined : Number(limit) };
}
