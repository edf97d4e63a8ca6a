import { createBackend } from '@backstage/backend-defaults';
import { startOrExit } from '../startOrExit';
import { upstreamFeatures } from '../upstreamFeatures';
import { allowAllPolicy } from './allowAllPolicy';

/**
 * The portal without Greenroom, on the same configuration: what `./greenroom bench start`
 * compares with.
 */
const backend = createBackend();
for (const feature of upstreamFeatures()) {
  backend.add(feature);
}
backend.add(allowAllPolicy);
startOrExit(backend);
