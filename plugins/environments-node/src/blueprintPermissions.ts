import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_BLUEPRINT } from '@greenroom/plugin-environments-common';
import { z } from 'zod';

/** What decisions about one blueprint depend on. */
export interface BlueprintPermissionResource {
  name: string;
  /** Entity ref. */
  owner: string;
}

export const blueprintPermissionResourceRef = createPermissionResourceRef<
  BlueprintPermissionResource,
  never
>().with({
  pluginId: 'environments',
  resourceType: RESOURCE_TYPE_BLUEPRINT,
});

const isOwner = createPermissionRule({
  name: 'IS_OWNER',
  description: 'Allow blueprints that one of the given entities owns',
  resourceRef: blueprintPermissionResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity refs; usually those the caller may act as'),
  }),
  apply: ({ owner }, { claims }) => claims.includes(owner),
  toQuery: () => {
    throw new Error('Blueprints are decided about one by one.');
  },
});

/** All rules that a policy may use about blueprints. */
export const blueprintPermissionRules = { isOwner };

const conditionExports = createConditionExports({
  resourceRef: blueprintPermissionResourceRef,
  rules: blueprintPermissionRules,
});

/** For authors of policies: `blueprintConditions.isOwner({ claims })`. */
export const blueprintConditions = conditionExports.conditions;

/** For authors of policies: wraps conditions on blueprints into a decision. */
export const createBlueprintConditionalDecision =
  conditionExports.createConditionalDecision;
