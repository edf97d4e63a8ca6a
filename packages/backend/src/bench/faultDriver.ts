import { createBackendModule } from '@backstage/backend-plugin-api';
import { environmentDriversExtensionPoint } from '@greenroom/plugin-environments-node';
import {
  DirectoryFaultWorld,
  FaultDriver,
  mixed,
} from '@greenroom/plugin-environments-node/contract-kit';

/**
 * The scripted driver, for `./greenroom chaos` and benchmarks: what it makes is kept in the folder
 * GREENROOM_FAULT_WORLD, and it fails as GREENROOM_FAULT_MIX says, a FaultMix as JSON.
 */
export const faultDriver = createBackendModule({
  pluginId: 'environments',
  moduleId: 'fault-driver',
  register(env) {
    env.registerInit({
      deps: { drivers: environmentDriversExtensionPoint },
      async init({ drivers }) {
        const { GREENROOM_FAULT_WORLD, GREENROOM_FAULT_MIX } = process.env;
        if (!GREENROOM_FAULT_WORLD) {
          throw new Error('GREENROOM_FAULT_WORLD names no folder.');
        }
        drivers.addDriver(
          new FaultDriver({
            world: new DirectoryFaultWorld(GREENROOM_FAULT_WORLD),
            ...(GREENROOM_FAULT_MIX && {
              every: mixed(JSON.parse(GREENROOM_FAULT_MIX)),
            }),
          }),
        );
      },
    });
  },
});
