import { Router } from 'express';
import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { LeaseChange } from '@greenroom/plugin-environments-common';
import { audited } from '../audited';
import { requireUuid } from '../requests';
import { LeaseCommands } from './commands';
import { MoreTimeService } from './moreTime/service';
import { LeaseReader } from './reader';
import { LeaseSafeguards } from './safeguards';
import { ExtendOffers } from './warnings/offers';
import { LeaseVerifier } from './verify';

/** The shapes of queries and bodies are checked against the OpenAPI document before. */
export function registerLeaseRoutes(
  router: Router,
  options: {
    leaseReader: LeaseReader;
    leaseCommands: LeaseCommands;
    leaseSafeguards: LeaseSafeguards;
    moreTime: MoreTimeService;
    extendOffers: ExtendOffers;
    leaseVerifier: LeaseVerifier;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { leaseReader, leaseCommands, leaseSafeguards, moreTime } = options;
  const { extendOffers, httpAuth, auditor } = options;

  router.get('/environments/:id/lease', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    response.json(await leaseReader.get(id, credentials));
  });

  router.get('/environments/:id/lease/entries', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    const { cursor, limit } = request.query;
    const query = {
      cursor: cursor as string | undefined,
      limit: limit === undefined ? undefined : Number(limit),
    };
    response.json(await leaseReader.entries(id, query, credentials));
  });

  router.get('/lease-links/:token', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(await extendOffers.look(request.params.token, credentials));
  });

  router.post('/lease-links/:token/use', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const event = { eventId: 'lease-link-use', meta: {} };
    const answer = await audited(auditor, request, event, () =>
      extendOffers.use(request.params.token, credentials),
    );
    response.json(answer);
  });

  router.get('/leases/verification', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { cursor } = request.query as { cursor?: string };
    const { leaseVerifier } = options;
    response.json(await leaseVerifier.next({ cursor }, credentials));
  });

  change('extend', leaseCommands.extend.bind(leaseCommands));
  change('shorten', leaseCommands.shorten.bind(leaseCommands));
  change('hold', leaseSafeguards.hold.bind(leaseSafeguards));
  change('release', leaseSafeguards.release.bind(leaseSafeguards));
  change('protect', leaseSafeguards.protect.bind(leaseSafeguards));
  change('unprotect', leaseSafeguards.unprotect.bind(leaseSafeguards));
  change('ask', moreTime.ask.bind(moreTime));
  change('approve', moreTime.approve.bind(moreTime));
  change('decline', moreTime.decline.bind(moreTime));
  change('withdraw', moreTime.withdraw.bind(moreTime));

  function change<Body extends { dryRun?: boolean; reason?: string }>(
    name: string,
    make: (
      id: string,
      body: Body,
      credentials: Awaited<ReturnType<HttpAuthService['credentials']>>,
      idempotencyKey?: string,
    ) => Promise<LeaseChange>,
  ): void {
    router.post(
      `/environments/:id/lease/${name}`,
      async (request, response) => {
        const credentials = await httpAuth.credentials(request);
        const id = requireUuid(request.params.id);
        const body: Body = request.body;
        const event = {
          eventId: `lease-${name}`,
          meta: {
            id,
            reason: body.reason,
            dryRun: body.dryRun ? 'yes' : undefined,
          },
        };
        const answer = await audited(auditor, request, event, () =>
          make(id, body, credentials, request.get('Idempotency-Key')),
        );
        response.json(answer);
      },
    );
  }
}
