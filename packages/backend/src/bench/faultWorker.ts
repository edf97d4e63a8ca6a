import { createBackend } from '@backstage/backend-defaults';
import { environmentsWorkerPlugin } from '@greenroom/plugin-environments-backend';
import { driverFeatures } from '../driverFeatures';
import { startOrExit } from '../startOrExit';
import { faultDriver } from './faultDriver';

/** A worker alone that knows the scripted driver beside the real ones. */
const backend = createBackend();
backend.add(environmentsWorkerPlugin);
for (const feature of driverFeatures()) {
  backend.add(feature);
}
backend.add(faultDriver);
startOrExit(backend, 'worker');
