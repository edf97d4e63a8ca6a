import {
  AuthorizeResult,
  ConditionalPolicyDecision,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  catalogEntityDeletePermission,
  catalogIngestionManagePermission,
  catalogLocationDeletePermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  taskCancelPermission,
  taskReadPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import {
  blueprintManagePermission,
  blueprintPublishPermission,
  environmentDestroyPermission,
  environmentProtectPermission,
  environmentStateReadPermission,
  environmentStateRestorePermission,
  environmentUpdatePermission,
  fleetUpgradePermission,
  leaseBrakePermission,
  leaseHoldPermission,
  leaseOverridePermission,
  leaseSimulatePermission,
  leaseVerifyPermission,
  operationTakeOverPermission,
  orphanForgetPermission,
  secretsRekeyPermission,
} from '@greenroom/plugin-environments-common';
import {
  blueprintConditions,
  createBlueprintConditionalDecision,
  createEnvironmentConditionalDecision,
  environmentConditions,
} from '@greenroom/plugin-environments-node';

/** Who asks: themselves, and everything they may act as (their teams). */
export interface Caller {
  userRef: string;
  ownershipRefs: string[];
}

type Rule = (caller: Caller) => PolicyDecision;

const adminsOnly: Rule = () => ({ result: AuthorizeResult.DENY });

const ownersOfEntity: Rule = ({ ownershipRefs }) =>
  upstreamCondition('catalog', 'catalog-entity', 'IS_ENTITY_OWNER', {
    claims: ownershipRefs,
  });

const startersOfTask: Rule = ({ userRef }) =>
  upstreamCondition('scaffolder', 'scaffolder-task', 'IS_TASK_OWNER', {
    createdBy: [userRef],
  });

type EnvironmentPermission = Parameters<
  typeof createEnvironmentConditionalDecision
>[0];

const ownersOfEnvironment =
  (permission: EnvironmentPermission): Rule =>
  ({ ownershipRefs }) =>
    createEnvironmentConditionalDecision(
      permission,
      environmentConditions.isOwner({ claims: ownershipRefs }),
    );

type BlueprintPermission = Parameters<
  typeof createBlueprintConditionalDecision
>[0];

const ownersOfBlueprint =
  (permission: BlueprintPermission): Rule =>
  ({ ownershipRefs }) =>
    createBlueprintConditionalDecision(
      permission,
      blueprintConditions.isOwner({ claims: ownershipRefs }),
    );

/** What someone who is no admin may not do freely, by the name of the permission. */
export const rules: Readonly<Record<string, Rule>> = {
  [environmentUpdatePermission.name]: ownersOfEnvironment(
    environmentUpdatePermission,
  ),
  [environmentDestroyPermission.name]: ownersOfEnvironment(
    environmentDestroyPermission,
  ),
  // Each keeps an environment longer than its owner may.
  [leaseOverridePermission.name]: adminsOnly,
  [leaseHoldPermission.name]: adminsOnly,
  [environmentProtectPermission.name]: adminsOnly,
  // Names environments of everybody.
  [leaseSimulatePermission.name]: adminsOnly,
  [leaseVerifyPermission.name]: adminsOnly,
  // Decides about environments of everybody.
  [leaseBrakePermission.name]: adminsOnly,
  // A state may hold secrets that outputs and logs keep from its owners.
  [environmentStateReadPermission.name]: adminsOnly,
  [environmentStateRestorePermission.name]: adminsOnly,
  [operationTakeOverPermission.name]: adminsOnly,
  [orphanForgetPermission.name]: adminsOnly,
  [secretsRekeyPermission.name]: adminsOnly,
  [blueprintPublishPermission.name]: adminsOnly,
  [blueprintManagePermission.name]: ownersOfBlueprint(
    blueprintManagePermission,
  ),
  [fleetUpgradePermission.name]: ownersOfBlueprint(fleetUpgradePermission),
  [catalogEntityDeletePermission.name]: ownersOfEntity,
  // A location stands for many entities, of many owners.
  [catalogLocationDeletePermission.name]: adminsOnly,
  [catalogIngestionManagePermission.name]: adminsOnly,
  // A task's log and inputs belong to whoever started it.
  [taskReadPermission.name]: startersOfTask,
  [taskCancelPermission.name]: startersOfTask,
};

// The condition helpers of these two plugins are exported by their backends, which a module of
// another plugin must not import.
function upstreamCondition(
  pluginId: string,
  resourceType: string,
  rule: string,
  params: Record<string, string[]>,
): ConditionalPolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId,
    resourceType,
    conditions: { resourceType, rule, params },
  };
}
