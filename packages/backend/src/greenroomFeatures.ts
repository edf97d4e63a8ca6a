import { driverFeatures } from './driverFeatures';
import { FeatureImport } from './upstreamFeatures';

/** What Greenroom adds to the upstream plugins. */
export function greenroomFeatures(): FeatureImport[] {
  return [
    import('@greenroom/plugin-environments-backend'),
    ...driverFeatures(),
    import('@greenroom/plugin-catalog-backend-module-environments'),
    import('./messages/features'),
    import('@greenroom/plugin-permission-backend-module-greenroom'),
    // Does nothing unless auth.providers.sample is configured, and then refuses in production.
    import('@greenroom/plugin-auth-backend-module-sample-users'),
  ];
}
