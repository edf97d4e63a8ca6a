import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { HomePageLayoutBlueprint } from '@backstage/plugin-home-react/alpha';

/** The home page is ours as a whole: widgets of other plugins are not arranged on it yet. */
const homeLayout = HomePageLayoutBlueprint.make({
  params: {
    loader: async () => (await import('./Home')).Home,
  },
});

export const homeModule = createFrontendModule({
  pluginId: 'home',
  extensions: [homeLayout],
});
