import { coreServices } from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { readProbeSettings } from './activity/probes/settings';
import { createBlueprintsRoom } from './blueprints/room';
import { systemClock } from './clock';
import { databaseClock, openDatabase } from './database';
import { EnvironmentAccess } from './environments/access';
import { randomIds } from './ids';
import { readBrakeSettings } from './leases/brake/settings';
import { readLeaseRules } from './leases/settings';
import { DriverRegistry } from './operations/run/drivers';
import { OperationQueue } from './operations/worker/queue';
import { tidyWorkDirectory } from './operations/run/workFolder';
import { readRetentionSettings } from './retention/settings';
import { readScheduleSettings } from './schedules/settings';
import { createRooms } from './rooms';
import {
  readConfirmWithinSeconds,
  readKeyring,
  readStatesUrl,
  readWorkerSettings,
} from './settings';
import { readMaxStateMegabytes } from './states/settings';
import { readCheckBeforeSeconds } from './teardown/check/settings';
import { readTeardownSettings } from './teardown/settings';

/** What the domain asks of Backstage, in the portal and in a worker that runs alone. */
export const domainServices = {
  auth: coreServices.auth,
  catalog: catalogServiceRef,
  config: coreServices.rootConfig,
  database: coreServices.database,
  discovery: coreServices.discovery,
  events: eventsServiceRef,
  lifecycle: coreServices.lifecycle,
  logger: coreServices.logger,
  notifications: notificationService,
  permissions: coreServices.permissions,
  permissionsRegistry: coreServices.permissionsRegistry,
  rootLifecycle: coreServices.rootLifecycle,
  scheduler: coreServices.scheduler,
  signals: signalsServiceRef,
  urlReader: coreServices.urlReader,
  userInfo: coreServices.userInfo,
};

type DomainServices = {
  [Name in keyof typeof domainServices]: (typeof domainServices)[Name]['T'];
};

/** The domain on its database, as the configuration wants it; nothing in it runs yet. */
export async function createDomain(
  services: DomainServices,
  options: { drivers: DriverRegistry; workerAlone: boolean },
) {
  const { config, logger } = services;
  const { drivers, workerAlone } = options;
  const settings = readWorkerSettings(config);
  const keyring = readKeyring(config, process.env.NODE_ENV, logger);
  const statesUrl = await readStatesUrl(config, services.discovery, options);
  const knex = await openDatabase(services.database);

  const base = {
    ...services,
    knex,
    drivers,
    keyring,
    clock: systemClock,
    databaseClock,
    ids: randomIds,
    random: Math.random,
    confirmWithinSeconds: readConfirmWithinSeconds(config),
    maxStateMegabytes: readMaxStateMegabytes(config),
    retention: readRetentionSettings(config),
    schedules: readScheduleSettings(config),
    idle: readProbeSettings(config),
    teardown: readTeardownSettings(config),
    leaseRules: readLeaseRules(config),
    brake: readBrakeSettings(config),
    checkBeforeSeconds: readCheckBeforeSeconds(config),
  };
  const blueprints = createBlueprintsRoom({ ...base, ...settings });
  const queue = new OperationQueue(base);
  const rooms = createRooms({
    ...base,
    access: new EnvironmentAccess(base),
    blueprints: blueprints.service,
    ring: () => queue.ring(),
  });
  const worker = rooms.createWorker({
    ...settings,
    statesUrl,
    passOn: () => queue.passOn(),
  });

  return {
    ...base,
    blueprints,
    rooms,
    /** Lets others hear of operations, and carries them itself where it should. */
    async startQueue(): Promise<void> {
      await queue.start();
      if (!settings.enabled && !workerAlone) return;
      await tidyWorkDirectory(settings.workDirectory, ids =>
        rooms.environmentStore.destroyedAmong(knex, ids),
      );
      queue.listen(worker);
    },
    /** Call it before anything else goes down: tools that are interrupted save their state over HTTP. */
    stopWorker: () => worker.stop(settings.drainSeconds * 1000),
    stopQueue: () => queue.stop(),
  };
}
