import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { Knex } from 'knex';
import request, { Test } from 'supertest';
import {
  BackendFeature,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  BlueprintVersion,
  JsonObject,
} from '@greenroom/plugin-environments-common';
import {
  EnvironmentDriver,
  environmentDriversExtensionPoint,
} from '@greenroom/plugin-environments-node';
import { openApiDocument } from '../openapi';
import { environmentsPlugin } from '../plugin';

const ajv = new Ajv({ strict: false });
addFormats(ajv);
ajv.addSchema({ ...openApiDocument, $id: 'api' });

/** Whether a body is what the document promises. */
export function expectBody(schema: string, body: unknown): void {
  const validate = ajv.getSchema(`api#/components/schemas/${schema}`);
  if (!validate) throw new Error(`The document has no schema ${schema}`);
  validate(body);
  expect(validate.errors ?? []).toEqual([]);
}

/** The plugin in a backend of its own, called over HTTP by one person who may do everything. */
export interface TestApi {
  server: Awaited<ReturnType<typeof startTestBackend>>['server'];
  /** Where the plugin keeps its files. */
  folder: string;
  get(path: string): Test;
  post(path: string, body: object | string): Test;
  /** Publishes a blueprint of components that each have a folder, and waits until it may be used. */
  publish(document: string, folders: string[]): Promise<void>;
  publish(document: string, files: Record<string, string>): Promise<void>;
  /** Asks until the answer is so, and gives it. */
  until<T>(path: string, holds: (body: T) => boolean): Promise<T>;
  stop(): Promise<void>;
}

export async function startTestApi(options: {
  knex: Knex;
  /** What brings the drivers: one of them, or a module with its settings below `environments`. */
  driver: EnvironmentDriver | BackendFeature;
  settings?: JsonObject;
}): Promise<TestApi> {
  const { knex, driver, settings } = options;
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-api-'));
  const environments = {
    ...settings,
    worker: {
      ...(settings?.worker as JsonObject),
      workDirectory: join(folder, 'work'),
    },
    sandboxSites: { directory: join(folder, 'sites') },
  };
  const backend = await startTestBackend({
    features: [
      environmentsPlugin,
      '$$type' in driver ? driver : driverModule(driver),
      catalogServiceMock.factory({ entities: [] }),
      // The plugin finds the tables made already, as on a second start.
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({ data: { environments } }),
      mockServices.userInfo.factory(),
    ],
  });
  const { server } = backend;
  const agent = request(server);
  const authorization = mockCredentials.user.header();
  const api: TestApi = {
    server,
    folder,
    get: path =>
      agent.get(`/api/environments${path}`).set('Authorization', authorization),
    post: (path, body) =>
      agent
        .post(`/api/environments${path}`)
        .set('Authorization', authorization)
        .set('Content-Type', 'application/json')
        .send(body),
    async publish(
      document: string,
      sources: string[] | Record<string, string>,
    ) {
      const files = Object.fromEntries(
        Array.isArray(sources)
          ? sources.map(name => [`${name}/main.tf`, ''])
          : Object.entries(sources).map(([path, text]) => [
              path,
              Buffer.from(text).toString('base64'),
            ]),
      );
      const { body } = await api
        .post('/blueprints', { document, files })
        .expect(202);
      expectBody('BlueprintVersion', body);
      const { name, version } = body as BlueprintVersion;
      await api.until<BlueprintVersion>(
        `/blueprints/${name}/versions/${version}`,
        ({ status }) => status === 'published',
      );
    },
    async until(path, holds) {
      for (;;) {
        const { body } = await api.get(path).expect(200);
        if (holds(body)) return body;
        await wait(20);
      }
    },
    async stop() {
      await backend.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return api;
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
