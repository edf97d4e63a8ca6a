import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { environmentDriversExtensionPoint } from '@greenroom/plugin-environments-node';
import {
  DirectoryFaultWorld,
  FaultDriver,
  takes,
} from '@greenroom/plugin-environments-node/contract-kit';
import { environmentsWorkerPlugin } from '../workerPlugin';
import { TOLD_TO_STOP, WorkerProcessOptions } from './workers';

/**
 * A worker alone in a process of its own, for tests that kill it: the real one but for its driver.
 * Its argument is a WorkerProcessOptions; {@link startWorkerProcess} starts it.
 */
const options: WorkerProcessOptions = JSON.parse(process.argv[2]);

const driver = createBackendModule({
  pluginId: 'environments',
  moduleId: 'fault-driver',
  register(env) {
    env.registerInit({
      deps: {
        drivers: environmentDriversExtensionPoint,
        rootLifecycle: coreServices.rootLifecycle,
      },
      async init({ drivers, rootLifecycle }) {
        // Run in one turn with the one that stops the worker.
        rootLifecycle.addBeforeShutdownHook(() => console.log(TOLD_TO_STOP));
        drivers.addDriver(
          new FaultDriver({
            world: new DirectoryFaultWorld(options.world),
            every: takes(options.callMs),
          }),
        );
      },
    });
  },
});

const config = createServiceFactory({
  service: coreServices.rootConfig,
  deps: {},
  factory: () =>
    new ConfigReader({
      backend: {
        baseUrl: 'http://localhost:7007',
        listen: { host: '127.0.0.1', port: 0 },
        database: {
          client: 'pg',
          connection: options.connection,
          plugin: {
            environments: {
              connection: { database: options.connection.database },
            },
          },
        },
      },
      environments: { worker: options.worker },
    }),
});

const backend = createBackend();
backend.add(config);
backend.add(environmentsWorkerPlugin);
backend.add(driver);
backend.start();
