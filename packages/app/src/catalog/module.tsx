import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { IconBundleBlueprint } from '@backstage/plugin-app-react';
import { RiFileList3Line, RiStackLine } from '@remixicon/react';

/** Icons of the kinds that Greenroom brings, as the catalog looks them up. */
export const kindIcons = IconBundleBlueprint.make({
  name: 'environment-kinds',
  params: {
    icons: {
      'kind:environment': <RiStackLine />,
      'kind:environmentblueprint': <RiFileList3Line />,
    },
  },
});

export const catalogModule = createFrontendModule({
  pluginId: 'app',
  extensions: [kindIcons],
});
