import { createApp } from '@backstage/frontend-defaults';
import { catalogModules } from './catalog/module';
import { homeModule } from './home/module';
import { navModule } from './nav/module';
import { signInModule } from './signIn/module';
import { themeModule } from './theme/module';
import { wordsModule } from './words/module';

/**
 * The portal. Its plugins are the dependencies of this package, found by `app.packages: all`; the
 * modules here are what makes it Greenroom's.
 */
export const app = createApp({
  features: [
    signInModule,
    navModule,
    themeModule,
    wordsModule,
    homeModule,
    ...catalogModules,
  ],
});
