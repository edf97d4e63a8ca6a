import { driverFeatures } from './driverFeatures';
import { FeatureImport } from './upstreamFeatures';

/** A worker without a portal around it: its one plugin, and whatever brings drivers. */
export function workerFeatures(): FeatureImport[] {
  return [
    import('@greenroom/plugin-environments-backend').then(
      ({ environmentsWorkerPlugin }) => ({ default: environmentsWorkerPlugin }),
    ),
    ...driverFeatures(),
  ];
}
