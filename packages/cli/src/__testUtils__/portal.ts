import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Router } from 'express';
import { Knex } from 'knex';
import {
  BackendFeature,
  coreServices,
  createBackendModule,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import environmentsPlugin from '@greenroom/plugin-environments-backend';
import { JsonObject } from '@greenroom/plugin-environments-common';
import {
  EnvironmentDriver,
  environmentDriversExtensionPoint,
} from '@greenroom/plugin-environments-node';

/** A key in front, then older ones. */
export type Keys = { id: string; secret: string }[];

/** The environments plugin over HTTP, with a way to sign in as the sample person Mira. */
export interface TestPortal {
  url: string;
  stop(): Promise<void>;
}

/** Answers as the sign-in of sample people does, whose own tests are with its module. */
const signInPlugin = createBackendPlugin({
  pluginId: 'auth',
  register(env) {
    env.registerInit({
      deps: { httpRouter: coreServices.httpRouter },
      async init({ httpRouter }) {
        const router = Router();
        router.get('/sample/refresh', (request, response) => {
          if (request.header('x-greenroom-sample-user') !== 'mira') {
            response.status(403).json({});
            return;
          }
          const token = mockCredentials.user.token('user:default/mock');
          response.json({ backstageIdentity: { token } });
        });
        httpRouter.addAuthPolicy({ path: '/sample', allow: 'unauthenticated' });
        httpRouter.use(router);
      },
    });
  },
});

export async function startTestPortal(options: {
  knex: Knex;
  /** Itself, or the module that brings it. */
  driver: EnvironmentDriver | BackendFeature;
  keys: Keys;
  /** Beside what a portal needs, under `environments`. */
  config?: JsonObject;
}): Promise<TestPortal> {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-cli-'));
  const environments = {
    worker: { workDirectory: folder },
    secrets: { keys: options.keys },
    ...options.config,
  };
  const backend = await startTestBackend({
    features: [
      environmentsPlugin,
      '$$type' in options.driver
        ? options.driver
        : driverModule(options.driver),
      signInPlugin,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.database.factory({ knex: options.knex }),
      mockServices.rootConfig.factory({ data: { environments } }),
      mockServices.userInfo.factory(),
    ],
  });
  return {
    url: `http://localhost:${backend.server.port()}`,
    async stop() {
      await backend.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function driverModule(driver: EnvironmentDriver) {
  return createBackendModule({
    pluginId: 'environments',
    moduleId: 'fault',
    register(env) {
      env.registerInit({
        deps: { drivers: environmentDriversExtensionPoint },
        async init({ drivers }) {
          drivers.addDriver(driver);
        },
      });
    },
  });
}
