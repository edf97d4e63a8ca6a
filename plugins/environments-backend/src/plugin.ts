import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { environmentDriversExtensionPoint } from '@greenroom/plugin-environments-node';
import { createBlueprintsRoom } from './blueprints/room';
import { systemClock } from './clock';
import { openDatabase } from './database';
import { EnvironmentAccess } from './environments/access';
import { registerEnvironmentPermissions } from './environments/permissions';
import { randomIds } from './ids';
import { DriverRegistry } from './operations/drivers';
import { OperationQueue } from './operations/queue';
import { OperationStore } from './operations/store/operations';
import { tidyWorkDirectory } from './operations/workFolder';
import { readRetentionSettings } from './retention/settings';
import { createRooms } from './rooms';
import { createRouter } from './router';
import {
  readConfirmWithinSeconds,
  readKeyring,
  readStatesUrl,
  readWorkerSettings,
} from './settings';
import { readSitesDirectory } from './sites/routes';
import { readMaxStateMegabytes } from './states/settings';

/** Environments on demand: blueprints, operations, leases and states. */
export const environmentsPlugin = createBackendPlugin({
  pluginId: 'environments',
  register(env) {
    const drivers = new DriverRegistry();
    env.registerExtensionPoint(environmentDriversExtensionPoint, {
      addDriver: driver => drivers.add(driver),
    });
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootLifecycle: coreServices.rootLifecycle,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        urlReader: coreServices.urlReader,
        userInfo: coreServices.userInfo,
      },
      async init(services) {
        const { config, logger, lifecycle, rootLifecycle, httpRouter } =
          services;
        const nodeEnv = process.env.NODE_ENV;
        const keyring = readKeyring(config, nodeEnv, logger);
        const sitesDirectory = readSitesDirectory(config, nodeEnv);
        const settings = readWorkerSettings(config);
        const statesUrl = await readStatesUrl(config, services.discovery);
        const knex = await openDatabase(services.database);

        const base = {
          ...services,
          knex,
          drivers,
          keyring,
          clock: systemClock,
          ids: randomIds,
          random: Math.random,
          confirmWithinSeconds: readConfirmWithinSeconds(config),
          maxStateMegabytes: readMaxStateMegabytes(config),
          retention: readRetentionSettings(config),
        };
        const access = new EnvironmentAccess(base);
        const blueprints = createBlueprintsRoom({ ...base, ...settings });
        const queue = new OperationQueue({
          ...base,
          operations: new OperationStore(),
        });
        const rooms = createRooms({
          ...base,
          access,
          blueprints: blueprints.service,
          ring: operationId => queue.ring(operationId),
        });
        const worker = rooms.createWorker({ ...settings, statesUrl });
        const shutdown = new AbortController();

        registerEnvironmentPermissions({ ...base, ...rooms });
        httpRouter.addAuthPolicy({ path: '/states', allow: 'unauthenticated' });
        httpRouter.addAuthPolicy({ path: '/sites', allow: 'unauthenticated' });
        httpRouter.use(
          createRouter({
            ...base,
            rooms,
            blueprints: blueprints.service,
            sitesDirectory,
            shutdown: shutdown.signal,
          }),
        );

        lifecycle.addStartupHook(async () => {
          await queue.start();
          if (settings.enabled) {
            await tidyWorkDirectory(settings.workDirectory, ids =>
              rooms.environmentStore.destroyedAmong(knex, ids),
            );
            await queue.listen(settings.concurrency, id => worker.answer(id));
          }
          rooms.sweep.start();
          rooms.retention.start();
          rooms.confirmations.start();
          rooms.relay.start();
          blueprints.startChecking();
          await blueprints.followCatalog();
        });
        // Before anything else goes down: tools that are interrupted save their state over HTTP.
        rootLifecycle.addBeforeShutdownHook(() => worker.stop());
        lifecycle.addShutdownHook(async () => {
          shutdown.abort();
          await Promise.all([
            rooms.sweep.stop(),
            rooms.retention.stop(),
            rooms.confirmations.stop(),
            rooms.relay.stop(),
            blueprints.stop(),
            queue.stop(),
          ]);
        });
      },
    });
  },
});
