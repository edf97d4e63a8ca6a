import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import {
  AuditorService,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { registerActivityRoutes } from './activity/routes';
import { registerBlueprintRoutes } from './blueprints/routes';
import { BlueprintService } from './blueprints/service';
import { registerBulkRoutes } from './bulk/routes';
import { registerEjectRoutes } from './eject/routes';
import { registerEnvironmentRoutes } from './environments/routes';
import { createErrorHandler } from './errorHandler';
import { registerFleetRoutes } from './fleet/routes';
import { IdMaker } from './ids';
import { openApiDocument } from './openapi';
import { registerBrakeRoutes } from './leases/brake/routes';
import { registerLeaseFleetRoutes } from './leases/fleet/routes';
import { registerMoreTimeRoutes } from './leases/moreTime/routes';
import { registerLeaseRoutes } from './leases/routes';
import { registerSleepRoutes } from './leases/sleeps/routes';
import { registerWhatIfRoutes } from './leases/whatIf/routes';
import { registerLiveRoutes } from './live/routes';
import { registerLogRoutes } from './operations/logs/logRoutes';
import { registerOperationRoutes } from './operations/api/routes';
import { Rooms } from './rooms';
import { registerRekeyRoutes } from './secrets/routes';
import { registerSiteRoutes } from './sites/routes';
import { registerStateRoutes } from './states/routes';
import { registerStateVersionRoutes } from './states/versionRoutes';
import { registerOrphanRoutes } from './teardown/routes';
import { requestValidation } from './validation';
import { registerWatchRoutes } from './watching/routes';

/** A published blueprint comes with all its files, a third larger for their encoding. */
const LARGEST_BODY = '28mb';

export interface RouterOptions {
  rooms: Rooms;
  blueprints: BlueprintService;
  sitesDirectory?: string;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  ids: IdMaker;
  logger: LoggerService;
  /** Aborts when the process goes down: open streams end. */
  shutdown: AbortSignal;
}

export function createRouter(options: RouterOptions): Router {
  const { rooms, sitesDirectory } = options;
  const router = PromiseRouter();

  // Before the validation: their bodies are the tools' own, and sites are no API.
  registerStateRoutes(router, rooms);
  if (sitesDirectory) registerSiteRoutes(router, sitesDirectory);

  router.use(express.json({ limit: LARGEST_BODY }));
  router.get('/openapi.json', (_request, response) => {
    response.json(openApiDocument);
  });
  router.use(requestValidation());
  registerEnvironmentRoutes(router, { ...options, ...rooms });
  registerBulkRoutes(router, { ...options, ...rooms });
  registerLeaseRoutes(router, { ...options, ...rooms });
  registerWatchRoutes(router, { ...options, ...rooms });
  registerLiveRoutes(router, { ...options, ...rooms });
  registerBrakeRoutes(router, { ...options, ...rooms });
  registerMoreTimeRoutes(router, { ...options, ...rooms });
  registerLeaseFleetRoutes(router, { ...options, ...rooms });
  registerSleepRoutes(router, { ...options, ...rooms });
  registerActivityRoutes(router, { ...options, ...rooms });
  registerWhatIfRoutes(router, { ...options, ...rooms });
  registerOperationRoutes(router, { ...options, ...rooms });
  registerEjectRoutes(router, { ...options, ...rooms });
  registerLogRoutes(router, { ...options, ...rooms });
  registerOrphanRoutes(router, { ...options, ...rooms });
  registerStateVersionRoutes(router, { ...options, ...rooms });
  registerFleetRoutes(router, { ...options, ...rooms });
  registerRekeyRoutes(router, { ...options, ...rooms });
  registerBlueprintRoutes(router, { ...options, service: options.blueprints });

  router.use(createErrorHandler(options));
  return router;
}
