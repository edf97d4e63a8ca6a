import { createBackend } from '@backstage/backend-defaults';
import { databaseGuard } from './databaseGuard';
import { startOrExit } from './startOrExit';
import { workerFeatures } from './workerFeatures';

const backend = createBackend();
backend.add(databaseGuard);
for (const feature of workerFeatures()) {
  backend.add(feature);
}
startOrExit(backend, 'worker');
