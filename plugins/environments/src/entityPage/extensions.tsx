import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';

/** On the catalog's page of an environment: how it is, how long it lives, what it hands out. */
export const environmentCard = EntityCardBlueprint.make({
  name: 'environment',
  params: {
    type: 'content',
    filter: { kind: 'environment' },
    loader: async () => {
      const { EnvironmentCard } = await import('./EnvironmentCard');
      return <EnvironmentCard />;
    },
  },
});

/** On the catalog's page of an environment: what runs of it, by the systems that run it. */
export const liveCard = EntityCardBlueprint.make({
  name: 'live',
  params: {
    type: 'content',
    filter: { kind: 'environment' },
    loader: async () => {
      const { LiveCard } = await import('./LiveCard');
      return <LiveCard />;
    },
  },
});

/** On the catalog's page of a blueprint: its versions, and a way to make something of it. */
export const blueprintCard = EntityCardBlueprint.make({
  name: 'blueprint',
  params: {
    type: 'content',
    filter: { kind: 'environmentblueprint' },
    loader: async () => {
      const { VersionsCard } = await import('./VersionsCard');
      return <VersionsCard />;
    },
  },
});
