import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

export const rootRouteRef = createRouteRef();

export const createEnvironmentRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/create',
});

export const environmentRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/e/:name',
});

export const blueprintsRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/blueprints',
});

export const blueprintRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/blueprints/:name',
});

/** The reader of an entity's documentation. */
export const viewTechDocRouteRef = createExternalRouteRef({
  params: ['namespace', 'kind', 'name'],
  defaultTarget: 'techdocs.docRoot',
});
