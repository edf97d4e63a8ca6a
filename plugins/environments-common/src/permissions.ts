import {
  createPermission,
  Permission,
} from '@backstage/plugin-permission-common';

/** The resource type of permissions that are decided per environment. */
export const RESOURCE_TYPE_ENVIRONMENT = 'environment';

/** The resource type of permissions that are decided per blueprint. */
export const RESOURCE_TYPE_BLUEPRINT = 'environment-blueprint';

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

/** Every change but create and destroy, with what goes with it: cancel, confirm, retry, roll back. */
export const environmentUpdatePermission = createPermission({
  name: 'environments.environment.update',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** Extending a lease beyond the limits of its rules. */
export const leaseOverridePermission = createPermission({
  name: 'environments.lease.override',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** Holding an environment for an incident: its lease does not end it meanwhile. */
export const leaseHoldPermission = createPermission({
  name: 'environments.lease.hold',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** Reading the rules of the configuration about leases, and trying others without effect. */
export const leaseSimulatePermission = createPermission({
  name: 'environments.lease.simulate',
  attributes: { action: 'read' },
});

/** Comparing the leases of all environments with their ledgers. */
export const leaseVerifyPermission = createPermission({
  name: 'environments.lease.verify',
  attributes: { action: 'read' },
});

/** Saying what becomes of the leases that the brake on mass destruction holds. */
export const leaseBrakePermission = createPermission({
  name: 'environments.lease.brake',
  attributes: { action: 'update' },
});

/** Protecting an environment: nobody destroys it until that is lifted. */
export const environmentProtectPermission = createPermission({
  name: 'environments.environment.protect',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** Reading a state: it may hold every secret of the environment. */
export const environmentStateReadPermission = createPermission({
  name: 'environments.state.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** Putting an older version of a state in place of the newest. */
export const environmentStateRestorePermission = createPermission({
  name: 'environments.state.restore',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** Taking an operation away from its worker. */
export const operationTakeOverPermission = createPermission({
  name: 'environments.operation.take-over',
  attributes: { action: 'update' },
});

/** Calling something gone that could not be proven to be. */
export const orphanForgetPermission = createPermission({
  name: 'environments.orphan.forget',
  attributes: { action: 'delete' },
});

/** Sealing the secrets of all environments by another key. */
export const secretsRekeyPermission = createPermission({
  name: 'environments.secrets.rekey',
  attributes: { action: 'update' },
});

export const blueprintReadPermission = createPermission({
  name: 'environments.blueprint.read',
  attributes: { action: 'read' },
});

export const blueprintPublishPermission = createPermission({
  name: 'environments.blueprint.publish',
  attributes: { action: 'create' },
});

/** Moving a version from one status to another, and choosing the recommended one. */
export const blueprintManagePermission = createPermission({
  name: 'environments.blueprint.manage',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_BLUEPRINT,
});

/** Upgrading many environments of a blueprint at once; each of them also asks for its update. */
export const fleetUpgradePermission = createPermission({
  name: 'environments.fleet.upgrade',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_BLUEPRINT,
});

export const environmentsPermissions: Permission[] = [
  environmentReadPermission,
  environmentCreatePermission,
  environmentUpdatePermission,
  environmentDestroyPermission,
  leaseOverridePermission,
  leaseHoldPermission,
  leaseSimulatePermission,
  leaseVerifyPermission,
  leaseBrakePermission,
  environmentProtectPermission,
  environmentStateReadPermission,
  environmentStateRestorePermission,
  operationTakeOverPermission,
  orphanForgetPermission,
  secretsRekeyPermission,
  blueprintReadPermission,
  blueprintPublishPermission,
  blueprintManagePermission,
  fleetUpgradePermission,
];
