import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { environmentDriversExtensionPoint } from '@greenroom/plugin-environments-node';
import { readTerraformConfig } from './config';
import { TerraformDriver } from './driver';
import { createRunnerSource } from './runnerSource';

/** Registers the driver `terraform`. */
export const environmentsModuleTerraform = createBackendModule({
  pluginId: 'environments',
  moduleId: 'terraform',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        drivers: environmentDriversExtensionPoint,
      },
      async init({ config, logger, drivers }) {
        const settings = readTerraformConfig(config);
        const runner = createRunnerSource(settings);
        drivers.addDriver(
          new TerraformDriver({
            runner,
            platformVariables: settings.platformVariables,
          }),
        );
        // A missing tool fails the operations that need it, each in words, not the whole portal.
        runner().then(
          ({ tool: { product, version, path } }) =>
            logger.info(`Terraform components use ${product} ${version}`, {
              path,
            }),
          error =>
            logger.error(`Terraform components will fail: ${error.message}`),
        );
      },
    });
  },
});
