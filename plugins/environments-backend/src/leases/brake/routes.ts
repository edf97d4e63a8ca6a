import { Router } from 'express';
import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import {
  LeaseBrakeAnswer,
  LeaseBrakeRequest,
} from '@greenroom/plugin-environments-common';
import { audited } from '../../audited';
import { listOf, requireUuid } from '../../requests';
import { BrakeService } from './service';

/** The shapes of queries and bodies are checked against the OpenAPI document before. */
export function registerBrakeRoutes(
  router: Router,
  options: {
    leaseBrake: BrakeService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { leaseBrake, httpAuth, auditor } = options;

  router.get('/leases/brake', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(await leaseBrake.status(credentials));
  });

  router.get('/leases/brake/waiting', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { cursor, limit, owner } = request.query;
    const query = {
      cursor: cursor as string | undefined,
      limit: limit === undefined ? undefined : Number(limit),
      owner: listOf(owner),
    };
    response.json(await leaseBrake.waiting(query, credentials));
  });

  word('release', leaseBrake.release.bind(leaseBrake));
  word('postpone', leaseBrake.postpone.bind(leaseBrake));

  function word<Body extends LeaseBrakeRequest>(
    name: string,
    say: (
      id: string,
      body: Body,
      credentials: BackstageCredentials,
    ) => Promise<LeaseBrakeAnswer>,
  ): void {
    router.post(`/leases/brakes/:id/${name}`, async (request, response) => {
      const credentials = await httpAuth.credentials(request);
      const id = requireUuid(request.params.id);
      const body: Body = request.body;
      const event = {
        eventId: `lease-brake-${name}`,
        meta: {
          id,
          reason: body.reason,
          dryRun: body.dryRun ? 'yes' : undefined,
        },
        severityLevel: 'high' as const,
      };
      const answer = await audited(auditor, request, event, () =>
        say(id, body, credentials),
      );
      response.json(answer);
    });
  }
}
