import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  environmentActivityExtensionPoint,
  environmentDriversExtensionPoint,
} from '@greenroom/plugin-environments-node';
import { readSites } from './application/site';
import { ArgocdDriver } from './driver';
import { SyncWatch } from './syncWatch';

/** Registers the driver `argocd`, and what sees syncs that people ask for, where the configuration says which projects it may use. */
export const environmentsModuleArgocd = createBackendModule({
  pluginId: 'environments',
  moduleId: 'argocd',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.rootLifecycle,
        drivers: environmentDriversExtensionPoint,
        activity: environmentActivityExtensionPoint,
      },
      async init({ config, lifecycle, drivers, activity }) {
        const sites = readSites(config);
        if (!sites) return;
        drivers.addDriver(new ArgocdDriver(sites));
        activity.addSource(new SyncWatch(sites));
        lifecycle.addShutdownHook(() => sites.instances.close());
      },
    });
  },
});
