import { createPermission } from '@backstage/plugin-permission-common';

/** The resource type of permissions that are decided per environment. */
export const RESOURCE_TYPE_ENVIRONMENT = 'environment';

export const environmentReadPermission = createPermission({
  name: 'environments.environment.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

export const environmentCreatePermission = createPermission({
  name: 'environments.environment.create',
  attributes: { action: 'create' },
});

export const environmentDestroyPermission = createPermission({
  name: 'environments.environment.destroy',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

export const blueprintReadPermission = createPermission({
  name: 'environments.blueprint.read',
  attributes: { action: 'read' },
});

export const blueprintPublishPermission = createPermission({
  name: 'environments.blueprint.publish',
  attributes: { action: 'create' },
});

export const environmentsPermissions = [
  environmentReadPermission,
  environmentCreatePermission,
  environmentDestroyPermission,
  blueprintReadPermission,
  blueprintPublishPermission,
];
