import { createBackend } from '@backstage/backend-defaults';
import { environmentsWorkerPlugin } from '@greenroom/plugin-environments-backend';
import { databaseGuard } from './databaseGuard';
import { driverFeatures } from './driverFeatures';
import { startOrExit } from './startOrExit';

/** A worker without a portal around it: its one plugin, and whatever brings drivers. */
const backend = createBackend();
backend.add(databaseGuard);
backend.add(environmentsWorkerPlugin);
for (const feature of driverFeatures()) {
  backend.add(feature);
}
startOrExit(backend, 'worker');
