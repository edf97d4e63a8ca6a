import { mockCredentials } from '@backstage/backend-test-utils';
import {
  catalogEntityCreatePermission,
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogIngestionManagePermission,
  catalogLocationCreatePermission,
  catalogLocationDeletePermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  createPermission,
  Permission,
} from '@backstage/plugin-permission-common';
import { PolicyQueryUser } from '@backstage/plugin-permission-node';
import {
  taskCancelPermission,
  taskCreatePermission,
  taskReadPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import {
  blueprintManagePermission,
  blueprintPublishPermission,
  blueprintReadPermission,
  environmentCreatePermission,
  environmentDestroyPermission,
  environmentReadPermission,
  environmentStateReadPermission,
  environmentStateRestorePermission,
  environmentsPermissions,
  environmentUpdatePermission,
  fleetUpgradePermission,
  operationTakeOverPermission,
  environmentProtectPermission,
  leaseBrakePermission,
  leaseHoldPermission,
  leaseOverridePermission,
  leaseSimulatePermission,
  leaseVerifyPermission,
  orphanForgetPermission,
} from '@greenroom/plugin-environments-common';
import { GreenroomPolicy } from './policy';

const policy = new GreenroomPolicy(new Set(['group:default/platform']));

const person = (name: string, team: string): PolicyQueryUser => {
  const userEntityRef = `user:default/${name}`;
  return {
    credentials: mockCredentials.user(userEntityRef),
    info: {
      userEntityRef,
      ownershipEntityRefs: [userEntityRef, `group:default/${team}`],
    },
  };
};
const developer = person('mira', 'checkout');
const admin = person('ada', 'platform');

const decide = (permission: Permission, user?: PolicyQueryUser) =>
  policy.handle({ permission }, user);

describe('GreenroomPolicy', () => {
  it.each([
    environmentReadPermission,
    environmentCreatePermission,
    blueprintReadPermission,
    catalogEntityReadPermission,
    catalogEntityCreatePermission,
    catalogEntityRefreshPermission,
    catalogLocationCreatePermission,
    taskCreatePermission,
    createPermission({ name: 'some.other.plugin.use', attributes: {} }),
  ])('allows $name to everyone signed in', async permission => {
    await expect(decide(permission, developer)).resolves.toEqual({
      result: AuthorizeResult.ALLOW,
    });
  });

  it.each([
    blueprintPublishPermission,
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
    catalogLocationDeletePermission,
    catalogIngestionManagePermission,
  ])('keeps $name for admins', async permission => {
    await expect(decide(permission, developer)).resolves.toEqual({
      result: AuthorizeResult.DENY,
    });
    await expect(decide(permission, admin)).resolves.toEqual({
      result: AuthorizeResult.ALLOW,
    });
  });

  it.each([environmentUpdatePermission, environmentDestroyPermission])(
    'gives $name to owners, through their teams too',
    async permission => {
      await expect(decide(permission, developer)).resolves.toMatchObject({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'environments',
        resourceType: 'environment',
        conditions: {
          rule: 'IS_OWNER',
          params: { claims: ['user:default/mira', 'group:default/checkout'] },
        },
      });
    },
  );

  it.each([blueprintManagePermission, fleetUpgradePermission])(
    'gives $name to the owners of a blueprint, through their teams too',
    async permission => {
      await expect(decide(permission, developer)).resolves.toMatchObject({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'environments',
        resourceType: 'environment-blueprint',
        conditions: {
          rule: 'IS_OWNER',
          params: { claims: ['user:default/mira', 'group:default/checkout'] },
        },
      });
      await expect(decide(permission, admin)).resolves.toEqual({
        result: AuthorizeResult.ALLOW,
      });
    },
  );

  it('lets nobody but owners and admins change anything of an environment that is there', async () => {
    const changing = environmentsPermissions.filter(
      ({ attributes, name }) =>
        attributes.action !== 'read' &&
        name !== environmentCreatePermission.name,
    );
    for (const permission of changing) {
      const { result } = await decide(permission, developer);
      expect({ name: permission.name, result }).not.toEqual({
        name: permission.name,
        result: AuthorizeResult.ALLOW,
      });
    }
  });

  it('lets owners remove their entities from the catalog', async () => {
    await expect(
      decide(catalogEntityDeletePermission, developer),
    ).resolves.toEqual({
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'catalog',
      resourceType: 'catalog-entity',
      conditions: {
        resourceType: 'catalog-entity',
        rule: 'IS_ENTITY_OWNER',
        params: { claims: ['user:default/mira', 'group:default/checkout'] },
      },
    });
  });

  it.each([taskReadPermission, taskCancelPermission])(
    'gives $name to whoever started the task',
    async permission => {
      await expect(decide(permission, developer)).resolves.toMatchObject({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'scaffolder',
        conditions: {
          rule: 'IS_TASK_OWNER',
          params: { createdBy: ['user:default/mira'] },
        },
      });
    },
  );

  it.each([
    environmentUpdatePermission,
    environmentDestroyPermission,
    catalogEntityDeletePermission,
  ])(
    'allows $name to admins without asking who owns what',
    async permission => {
      await expect(decide(permission, admin)).resolves.toEqual({
        result: AuthorizeResult.ALLOW,
      });
    },
  );

  it('denies everything to whoever is not signed in', async () => {
    await expect(decide(environmentReadPermission)).resolves.toEqual({
      result: AuthorizeResult.DENY,
    });
  });
});
