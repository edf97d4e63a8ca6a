import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { EnvironmentKindsProcessor } from './processor';
import { EnvironmentsProvider } from './provider';

/** Brings blueprints and environments into the catalog. */
export const catalogModuleEnvironments = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'environments',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogProcessingExtensionPoint,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ catalog, lifecycle, ...services }) {
        const shutdown = new AbortController();
        lifecycle.addShutdownHook(() => shutdown.abort());
        catalog.addProcessor(new EnvironmentKindsProcessor());
        catalog.addEntityProvider(
          new EnvironmentsProvider({ ...services, shutdown: shutdown.signal }),
        );
      },
    });
  },
});
