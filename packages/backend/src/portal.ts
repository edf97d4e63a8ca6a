import { createBackend } from '@backstage/backend-defaults';
import { databaseGuard } from './databaseGuard';
import { greenroomFeatures } from './greenroomFeatures';
import { startOrExit } from './startOrExit';
import { techdocsGenerator } from './techdocsGenerator';
import { upstreamFeatures } from './upstreamFeatures';

const backend = createBackend();
backend.add(databaseGuard);
backend.add(techdocsGenerator);
for (const feature of [...upstreamFeatures(), ...greenroomFeatures()]) {
  backend.add(feature);
}
startOrExit(backend);
