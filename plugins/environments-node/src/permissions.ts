import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_ENVIRONMENT } from '@greenroom/plugin-environments-common';
import { z } from 'zod';

/** What decisions about one environment depend on. */
export interface EnvironmentPermissionResource {
  id: string;
  /** Entity ref. */
  owner: string;
}

/** A condition as the list of environments puts it into SQL. */
export interface EnvironmentPermissionFilter {
  ownerIn: string[];
}

export const environmentPermissionResourceRef = createPermissionResourceRef<
  EnvironmentPermissionResource,
  EnvironmentPermissionFilter
>().with({
  pluginId: 'environments',
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

const isOwner = createPermissionRule({
  name: 'IS_OWNER',
  description: 'Allow environments that one of the given entities owns',
  resourceRef: environmentPermissionResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity refs; usually those the caller may act as'),
  }),
  apply: (environment, { claims }) => claims.includes(environment.owner),
  toQuery: ({ claims }) => ({ ownerIn: claims }),
});

/** All rules that a policy may use about environments. */
export const environmentPermissionRules = { isOwner };

const conditionExports = createConditionExports({
  resourceRef: environmentPermissionResourceRef,
  rules: environmentPermissionRules,
});

/** For authors of policies: `environmentConditions.isOwner({ claims })`. */
export const environmentConditions = conditionExports.conditions;

/** For authors of policies: wraps conditions on environments into a decision. */
export const createEnvironmentConditionalDecision =
  conditionExports.createConditionalDecision;
