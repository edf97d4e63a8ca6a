import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { GreenroomPolicy } from './policy';
import { readAdmins } from './admins';

/** Sets the policy of the permission backend: a portal has one, so no other policy module fits beside it. */
export const permissionModuleGreenroom = createBackendModule({
  pluginId: 'permission',
  moduleId: 'greenroom',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
      },
      async init({ config, policy }) {
        policy.setPolicy(new GreenroomPolicy(readAdmins(config)));
      },
    });
  },
});
