import { BackendFeature } from '@backstage/backend-plugin-api';

/** A feature as `backend.add` takes it: loading begins when the function is called. */
export type FeatureImport = Promise<{ default: BackendFeature }>;

/**
 * The upstream plugins of the portal, without anything of Greenroom. Kept apart, so that
 * `./greenroom bench start` can measure what Greenroom adds to them.
 */
export function upstreamFeatures(): FeatureImport[] {
  return [
    import('@backstage/plugin-app-backend'),
    import('@backstage/plugin-proxy-backend'),

    import('@backstage/plugin-auth-backend'),
    import('@backstage/plugin-auth-backend-module-github-provider'),
    import('@backstage/plugin-auth-backend-module-oidc-provider'),

    import('@backstage/plugin-catalog-backend'),
    import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
    import('@backstage/plugin-catalog-backend-module-logs'),

    import('@backstage/plugin-scaffolder-backend'),
    import('@backstage/plugin-scaffolder-backend-module-github'),
    import('@backstage/plugin-scaffolder-backend-module-notifications'),

    import('@backstage/plugin-search-backend'),
    import('@backstage/plugin-search-backend-module-pg'),
    import('@backstage/plugin-search-backend-module-catalog'),
    import('@backstage/plugin-search-backend-module-techdocs'),

    import('@backstage/plugin-techdocs-backend'),

    import('@backstage/plugin-permission-backend'),
    import('@backstage/plugin-user-settings-backend'),

    // Without it events reach only the process that raised them.
    import('@backstage/plugin-events-backend'),
    import('@backstage/plugin-notifications-backend'),
    import('@backstage/plugin-signals-backend'),
  ];
}
