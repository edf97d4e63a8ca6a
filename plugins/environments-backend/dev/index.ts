import { createBackend } from '@backstage/backend-defaults';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { environmentDriversExtensionPoint } from '@greenroom/plugin-environments-node';
import {
  FaultDriver,
  inOrder,
  prints,
  takes,
} from '@greenroom/plugin-environments-node/contract-kit';
import { SEEDS } from './seeds';

const connection = process.env.GREENROOM_DEV_DATABASE;
if (!connection) {
  throw new Error(
    'Set GREENROOM_DEV_DATABASE to the connection string of a PostgreSQL that may be filled, for example the one that ./greenroom start prints.',
  );
}

/** Takes its time and says something, so that there is something to see. */
const driver = new FaultDriver({
  scripts: {
    site: {
      apply: inOrder(prints('Making the site'), takes(5000)),
      destroy: inOrder(prints('Removing the site'), takes(3000)),
      outputs: {
        url: { value: 'http://localhost:7007/', sensitive: false },
      },
    },
  },
});

const backend = createBackend();
backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(mockServices.userInfo.factory());
backend.add(
  mockServices.rootConfig.factory({
    data: {
      backend: {
        baseUrl: 'http://localhost:7007',
        listen: ':7007',
        database: {
          client: 'pg',
          connection,
          pluginDivisionMode: 'schema',
        },
      },
    },
  }),
);
backend.add(catalogServiceMock.factory({ entities: [] }));
backend.add(import('../src'));
backend.add(
  createBackendModule({
    pluginId: 'environments',
    moduleId: 'fault-driver',
    register(env) {
      env.registerInit({
        deps: { drivers: environmentDriversExtensionPoint },
        async init({ drivers }) {
          drivers.addDriver(driver);
        },
      });
    },
  }),
);

backend.start().then(async () => {
  for (const { path, body } of SEEDS) {
    const answer = await fetch(
      `http://localhost:7007/api/environments${path}`,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      },
    );
    // A second start finds its seeds there already.
    console.log(`${path}: ${answer.status}`);
  }
});
