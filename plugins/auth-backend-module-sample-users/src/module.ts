import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { sampleUserAuthenticator } from './authenticator';
import { SampleUsersInProductionError } from './errors';
import { sampleUserProfile, sampleUserSignIn } from './resolver';

/**
 * The sign-in provider `sample`: off unless `auth.providers.sample` is configured, and then a
 * refusal to start in production.
 */
export const authModuleSampleUsers = createBackendModule({
  pluginId: 'auth',
  moduleId: 'sample-users',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, logger, providers }) {
        if (!config.has('auth.providers.sample')) return;
        if (process.env.NODE_ENV === 'production') {
          throw new SampleUsersInProductionError();
        }
        logger.warn(
          'Anyone who reaches this portal can sign in as a sample person: auth.providers.sample is configured',
        );
        providers.registerProvider({
          providerId: 'sample',
          factory: createProxyAuthProviderFactory({
            authenticator: sampleUserAuthenticator,
            profileTransform: sampleUserProfile,
            signInResolver: sampleUserSignIn,
          }),
        });
      },
    });
  },
});
