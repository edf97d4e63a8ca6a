import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  ActivitySource,
  environmentActivityExtensionPoint,
  environmentDriversExtensionPoint,
} from '@greenroom/plugin-environments-node';
import { createDomain, domainServices } from './domain';
import { registerEnvironmentPermissions } from './environments/permissions';
import { startRecurring } from './loop';
import { DriverRegistry } from './operations/run/drivers';
import { createRouter } from './router';
import { readSitesDirectory } from './sites/routes';

/** Environments on demand: blueprints, operations, leases and states. */
export const environmentsPlugin = createBackendPlugin({
  pluginId: 'environments',
  register(env) {
    const drivers = new DriverRegistry();
    env.registerExtensionPoint(environmentDriversExtensionPoint, {
      addDriver: driver => drivers.add(driver),
    });
    const activitySources: ActivitySource[] = [];
    env.registerExtensionPoint(environmentActivityExtensionPoint, {
      addSource: source => activitySources.push(source),
    });
    env.registerInit({
      deps: {
        ...domainServices,
        auditor: coreServices.auditor,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
      },
      async init({ auditor, httpAuth, httpRouter, ...services }) {
        const { config, lifecycle, rootLifecycle } = services;
        const sitesDirectory = readSitesDirectory(config, process.env.NODE_ENV);
        const domain = await createDomain(services, {
          drivers,
          workerAlone: false,
        });
        const { rooms, blueprints } = domain;
        const shutdown = new AbortController();
        let stopRecurring: (() => Promise<void>) | undefined;

        registerEnvironmentPermissions({
          ...domain,
          ...rooms,
          blueprints: blueprints.service,
        });
        httpRouter.addAuthPolicy({ path: '/states', allow: 'unauthenticated' });
        httpRouter.addAuthPolicy({ path: '/sites', allow: 'unauthenticated' });
        httpRouter.addAuthPolicy({
          path: '/blueprint-schema.json',
          allow: 'unauthenticated',
        });
        httpRouter.use(
          createRouter({
            ...domain,
            auditor,
            httpAuth,
            rooms,
            blueprints: blueprints.service,
            sitesDirectory,
            shutdown: shutdown.signal,
          }),
        );

        lifecycle.addStartupHook(async () => {
          await domain.startQueue();
          stopRecurring = startRecurring(
            [
              rooms.sweep,
              rooms.brakePostponement,
              rooms.brakeTelling,
              rooms.moreTimeLapse,
              rooms.moreTimeTelling,
              rooms.scheduleSweep,
              rooms.activitySweep,
              rooms.probeSweep,
              rooms.warningSweep,
              rooms.warningTelling,
              rooms.teardownSweep,
              rooms.escalation,
              rooms.teardownCheckSweep,
              rooms.teardownCheckTelling,
              rooms.catalogProofs,
              rooms.retention,
              rooms.confirmations,
              rooms.fleetSweep,
              ...activitySources.map(rooms.watchActivity),
            ],
            domain,
          );
          rooms.relay.start();
          blueprints.startChecking();
          await blueprints.followCatalog();
        });
        rootLifecycle.addBeforeShutdownHook(domain.stopWorker);
        lifecycle.addShutdownHook(async () => {
          shutdown.abort();
          await Promise.all([
            stopRecurring?.(),
            rooms.relay.stop(),
            blueprints.stop(),
            domain.stopQueue(),
          ]);
        });
      },
    });
  },
});
