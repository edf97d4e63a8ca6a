import { createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  environmentActivityExtensionPoint,
  environmentDriversExtensionPoint,
} from '@greenroom/plugin-environments-node';
import { createDomain, domainServices } from './domain';
import { DriverRegistry } from './operations/run/drivers';

/**
 * Carries operations and does nothing else: in place of the whole plugin, in a process that has
 * the drivers' modules and the portal's database. No API, no sweeps and no events are in it; what
 * it changes is told by the portal.
 */
export const environmentsWorkerPlugin = createBackendPlugin({
  pluginId: 'environments',
  register(env) {
    const drivers = new DriverRegistry();
    env.registerExtensionPoint(environmentDriversExtensionPoint, {
      addDriver: driver => drivers.add(driver),
    });
    // The portal sees to the use of environments.
    env.registerExtensionPoint(environmentActivityExtensionPoint, {
      addSource: () => {},
    });
    env.registerInit({
      deps: domainServices,
      async init(services) {
        const domain = await createDomain(services, {
          drivers,
          workerAlone: true,
        });
        services.lifecycle.addStartupHook(domain.startQueue);
        services.rootLifecycle.addBeforeShutdownHook(domain.stopWorker);
        services.lifecycle.addShutdownHook(domain.stopQueue);
      },
    });
  },
});
