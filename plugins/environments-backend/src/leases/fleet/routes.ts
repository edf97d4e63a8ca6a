import { Request, Router } from 'express';
import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  LeaseSelection,
  ListLeasesQuery,
} from '@greenroom/plugin-environments-common';
import { listOf } from '../../requests';
import { LeaseFleet } from './service';

/** The shapes of queries are checked against the OpenAPI document before. */
export function registerLeaseFleetRoutes(
  router: Router,
  options: { leaseFleet: LeaseFleet; httpAuth: HttpAuthService },
): void {
  const { leaseFleet, httpAuth } = options;

  router.get('/leases', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { list, from, until, cursor, limit } = request.query;
    const query = {
      ...readSelection(request),
      list: list as ListLeasesQuery['list'],
      from: from as string | undefined,
      until: until as string | undefined,
      cursor: cursor as string | undefined,
      limit: limit === undefined ? undefined : Number(limit),
    };
    response.json(await leaseFleet.list(query, credentials));
  });

  router.get('/leases/overview', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { days, timeZone } = request.query;
    const query = {
      ...readSelection(request),
      days: Number(days),
      timeZone: String(timeZone),
    };
    response.json(await leaseFleet.overview(query, credentials));
  });
}

/** Whose leases a request is about. */
export function readSelection({ query }: Request): LeaseSelection {
  return {
    scope: query.scope as LeaseSelection['scope'],
    search: query.search as string | undefined,
    owner: listOf(query.owner),
    blueprint: listOf(query.blueprint),
    type: listOf(query.type),
  };
}
