import { createBackend } from '@backstage/backend-defaults';
import { greenroomFeatures } from '../greenroomFeatures';
import { startOrExit } from '../startOrExit';
import { upstreamFeatures } from '../upstreamFeatures';
import { faultDriver } from './faultDriver';

/** The portal, and the scripted driver beside the real ones. */
const backend = createBackend();
for (const feature of [...upstreamFeatures(), ...greenroomFeatures()]) {
  backend.add(feature);
}
backend.add(faultDriver);
startOrExit(backend);
