import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiStackLine } from '@remixicon/react';
import { environmentsApi } from './api';
import {
  blueprintCard,
  environmentCard,
  liveCard,
} from './entityPage/extensions';
import {
  blueprintRouteRef,
  blueprintsRouteRef,
  createEnvironmentRouteRef,
  environmentRouteRef,
  rootRouteRef,
  viewTechDocRouteRef,
} from './routes';

/**
 * One page holds every route: lists show the plugin's tabs, single environments
 * and operations show where they stand instead, and `SubPageBlueprint` would
 * put the tabs above both.
 */
export const environmentsPage = PageBlueprint.make({
  params: {
    path: '/environments',
    title: 'Greenroom',
    icon: <RiStackLine />,
    routeRef: rootRouteRef,
    noHeader: true,
    loader: async () => {
      const { Portal } = await import('./portal/Portal');
      return <Portal />;
    },
  },
});

/**
 * The portal's pages of environments and blueprints.
 *
 * @public
 */
export const environmentsPlugin = createFrontendPlugin({
  pluginId: 'environments',
  title: 'Greenroom',
  icon: <RiStackLine />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    create: createEnvironmentRouteRef,
    environment: environmentRouteRef,
    blueprints: blueprintsRouteRef,
    blueprint: blueprintRouteRef,
  },
  externalRoutes: { viewTechDoc: viewTechDocRouteRef },
  extensions: [
    environmentsApi,
    environmentsPage,
    environmentCard,
    liveCard,
    blueprintCard,
  ],
});
