import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { IconBundleBlueprint } from '@backstage/plugin-app-react';
import { DefaultEntityPresentationApi } from '@backstage/plugin-catalog';
import {
  catalogApiRef,
  entityPresentationApiRef,
} from '@backstage/plugin-catalog-react';
import { RiFileList3Line, RiStackLine } from '@remixicon/react';

// The graph places its icons by x, y, width and height; elsewhere they are as high as the text.
const EnvironmentIcon = ({ fontSize: _, ...place }: { fontSize?: string }) => (
  <RiStackLine size="1em" {...place} />
);
const BlueprintIcon = ({ fontSize: _, ...place }: { fontSize?: string }) => (
  <RiFileList3Line size="1em" {...place} />
);

/** Icons of the kinds that Greenroom brings, for whoever looks them up by kind … */
const kindIcons = IconBundleBlueprint.make({
  name: 'environment-kinds',
  params: {
    icons: {
      'kind:environment': <EnvironmentIcon />,
      'kind:environmentblueprint': <BlueprintIcon />,
    },
  },
});

/** … and for names and links of entities, which know upstream's kinds alone. */
const entityPresentation = ApiBlueprint.make({
  name: 'entity-presentation',
  params: defineParams =>
    defineParams({
      api: entityPresentationApiRef,
      deps: { catalogApi: catalogApiRef },
      factory: ({ catalogApi }) =>
        DefaultEntityPresentationApi.create({
          catalogApi,
          kindIcons: {
            environment: EnvironmentIcon,
            environmentblueprint: BlueprintIcon,
          },
        }),
    }),
});

export const catalogModules = [
  createFrontendModule({ pluginId: 'app', extensions: [kindIcons] }),
  createFrontendModule({
    pluginId: 'catalog',
    extensions: [entityPresentation],
  }),
];
