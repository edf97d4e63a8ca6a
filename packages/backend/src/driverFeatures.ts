import { FeatureImport } from './upstreamFeatures';

/** What brings drivers: the portal has to have them to check blueprints, a worker to carry operations. */
export function driverFeatures(): FeatureImport[] {
  return [
    import('@greenroom/plugin-environments-backend-module-terraform'),
    // Does nothing unless environments.argocd is configured.
    import('@greenroom/plugin-environments-backend-module-argocd'),
  ];
}
