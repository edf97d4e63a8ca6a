import { createBackend } from '@backstage/backend-defaults';
import { databaseGuard } from './databaseGuard';
import { greenroomFeatures } from './greenroomFeatures';
import { upstreamFeatures } from './upstreamFeatures';

const backend = createBackend();
backend.add(databaseGuard);
for (const feature of [...upstreamFeatures(), ...greenroomFeatures()]) {
  backend.add(feature);
}
backend.start();
