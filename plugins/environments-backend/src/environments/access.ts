import {
  AuthService,
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  BasicPermission,
  PolicyDecision,
  PermissionCriteria,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
} from '@backstage/plugin-permission-node';
import {
  blueprintManagePermission,
  environmentDestroyPermission,
  environmentReadPermission,
  environmentUpdatePermission,
  fleetUpgradePermission,
  operationTakeOverPermission,
  RESOURCE_TYPE_BLUEPRINT,
  RESOURCE_TYPE_ENVIRONMENT,
} from '@greenroom/plugin-environments-common';
import {
  blueprintPermissionResourceRef,
  BlueprintPermissionResource,
  EnvironmentPermissionFilter,
  EnvironmentPermissionResource,
  environmentPermissionResourceRef,
} from '@greenroom/plugin-environments-node';
import { NotAllowedProblemError } from '../errors';
import { EnvironmentNotFoundError } from './errors';
import { EnvironmentRecord } from './types';

/** Who asks: for the record, and for what is theirs. */
export interface Caller {
  /** Entity ref of a person, or `service:<subject>`. */
  actor: string;
  /** The person and their groups; undefined for a service, which acts for everyone. */
  ownershipRefs?: string[];
}

/** What the caller may see: everything, nothing, or what a condition lets through. */
export type Visible =
  | { kind: 'all' }
  | { kind: 'none' }
  | { kind: 'some'; filter: PermissionCriteria<EnvironmentPermissionFilter> };

/** What the caller may do to one environment, and to the operations on it. */
export interface Rights {
  /** Every change but a destroy. */
  update: boolean;
  destroy: boolean;
  takeOver: boolean;
}

/** Decides about environments with the caller's own credentials. */
export class EnvironmentAccess {
  constructor(
    private readonly options: {
      auth: AuthService;
      userInfo: UserInfoService;
      permissions: PermissionsService;
      permissionsRegistry: PermissionsRegistryService;
    },
  ) {}

  async caller(credentials: BackstageCredentials): Promise<Caller> {
    const { auth, userInfo } = this.options;
    if (auth.isPrincipal(credentials, 'user')) {
      const info = await userInfo.getUserInfo(credentials);
      return {
        actor: info.userEntityRef,
        ownershipRefs: info.ownershipEntityRefs,
      };
    }
    if (auth.isPrincipal(credentials, 'service')) {
      return { actor: `service:${credentials.principal.subject}` };
    }
    throw new NotAllowedProblemError({
      code: 'request.principal',
      message: 'Only people and services may do this.',
      remedy: 'Sign in, or send a token.',
    });
  }

  /** For lists: to be put into their SQL. */
  async visible(credentials: BackstageCredentials): Promise<Visible> {
    const { permissionsRegistry } = this.options;
    const decision = await this.#decide(environmentReadPermission, credentials);
    if (decision.result !== AuthorizeResult.CONDITIONAL) {
      const allowed = decision.result === AuthorizeResult.ALLOW;
      return { kind: allowed ? 'all' : 'none' };
    }
    const transform = createConditionTransformer(
      permissionsRegistry.getPermissionRuleset(
        environmentPermissionResourceRef,
      ),
    );
    return { kind: 'some', filter: transform(decision.conditions) };
  }

  /** @throws EnvironmentNotFoundError when the caller may not know of it */
  async requireRead(
    credentials: BackstageCredentials,
    environment: EnvironmentRecord,
  ): Promise<void> {
    if (await this.mayRead(credentials, environment)) return;
    throw new EnvironmentNotFoundError(environment.id);
  }

  async mayRead(
    credentials: BackstageCredentials,
    environment: EnvironmentRecord,
  ): Promise<boolean> {
    return this.#may(environmentReadPermission, credentials, environment);
  }

  /** @throws NotAllowedProblemError when the caller may see it, but not do that */
  async require(
    permission: ResourcePermission<typeof RESOURCE_TYPE_ENVIRONMENT>,
    credentials: BackstageCredentials,
    environment: EnvironmentRecord,
  ): Promise<void> {
    await this.requireRead(credentials, environment);
    if (await this.#may(permission, credentials, environment)) return;
    throw new NotAllowedProblemError({
      code: 'environment.not-allowed',
      message: `You may not do this to ${environment.name}; it belongs to ${environment.owner}.`,
      remedy: `Ask ${environment.owner}.`,
    });
  }

  /** What the policy says of many environments, to be applied to each by {@link allows}. */
  async decision(
    permission: ResourcePermission<typeof RESOURCE_TYPE_ENVIRONMENT>,
    credentials: BackstageCredentials,
  ): Promise<PolicyDecision> {
    return this.#decide(permission, credentials);
  }

  /** What the policy says of updates, to be applied to environments by {@link allows}. */
  async updateDecision(
    credentials: BackstageCredentials,
  ): Promise<PolicyDecision> {
    return this.#decide(environmentUpdatePermission, credentials);
  }

  allows(
    decision: PolicyDecision,
    environment: EnvironmentPermissionResource,
  ): boolean {
    return this.#authorizer()(decision, environment);
  }

  async rights(
    credentials: BackstageCredentials,
    environment: EnvironmentRecord,
  ): Promise<Rights> {
    const { permissions } = this.options;
    const [[update, destroy], [takeOver]] = await Promise.all([
      permissions.authorizeConditional(
        [
          { permission: environmentUpdatePermission },
          { permission: environmentDestroyPermission },
        ],
        { credentials },
      ),
      permissions.authorize([{ permission: operationTakeOverPermission }], {
        credentials,
      }),
    ]);
    const isAuthorized = this.#authorizer();
    return {
      update: isAuthorized(update, environment),
      destroy: isAuthorized(destroy, environment),
      takeOver: takeOver.result === AuthorizeResult.ALLOW,
    };
  }

  /** In the order of the permissions. */
  async mayEach(
    permissions: ResourcePermission<typeof RESOURCE_TYPE_ENVIRONMENT>[],
    credentials: BackstageCredentials,
    environment: EnvironmentRecord,
  ): Promise<boolean[]> {
    const decisions = await this.options.permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    const isAuthorized = this.#authorizer();
    return decisions.map(decision => isAuthorized(decision, environment));
  }

  async mayBasic(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const [{ result }] = await this.options.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    return result === AuthorizeResult.ALLOW;
  }

  /** @throws NotAllowedProblemError */
  async requireBasic(
    permission: BasicPermission,
    credentials: BackstageCredentials,
    problem: { message: string; remedy: string },
  ): Promise<void> {
    if (await this.mayBasic(permission, credentials)) return;
    throw new NotAllowedProblemError({
      code: 'request.not-allowed',
      ...problem,
    });
  }

  /** @throws NotAllowedProblemError when the versions of that blueprint are not the caller's to move */
  async requireManage(
    credentials: BackstageCredentials,
    blueprint: BlueprintPermissionResource,
  ): Promise<void> {
    if (
      await this.#mayWith(blueprintManagePermission, credentials, blueprint)
    ) {
      return;
    }
    throw new NotAllowedProblemError({
      code: 'blueprint.not-allowed',
      message: `You may not manage the versions of blueprint "${blueprint.name}"; it belongs to ${blueprint.owner}.`,
      remedy: `Ask ${blueprint.owner}, or the operators of this portal.`,
    });
  }

  /** Whether the caller may upgrade many environments of that blueprint at once. */
  async mayUpgradeFleet(
    credentials: BackstageCredentials,
    blueprint: BlueprintPermissionResource,
  ): Promise<boolean> {
    return this.#mayWith(fleetUpgradePermission, credentials, blueprint);
  }

  async #mayWith(
    permission: ResourcePermission<typeof RESOURCE_TYPE_BLUEPRINT>,
    credentials: BackstageCredentials,
    blueprint: BlueprintPermissionResource,
  ): Promise<boolean> {
    const { permissionsRegistry } = this.options;
    const decision = await this.#decide(permission, credentials);
    const isAuthorized = createConditionAuthorizer(
      permissionsRegistry.getPermissionRuleset(blueprintPermissionResourceRef),
    );
    return isAuthorized(decision, blueprint);
  }

  async #may(
    permission: ResourcePermission<typeof RESOURCE_TYPE_ENVIRONMENT>,
    credentials: BackstageCredentials,
    environment: EnvironmentRecord,
  ): Promise<boolean> {
    const decision = await this.#decide(permission, credentials);
    return this.#authorizer()(decision, environment);
  }

  #authorizer() {
    const { permissionsRegistry } = this.options;
    return createConditionAuthorizer(
      permissionsRegistry.getPermissionRuleset(
        environmentPermissionResourceRef,
      ),
    );
  }

  async #decide(
    permission: ResourcePermission,
    credentials: BackstageCredentials,
  ) {
    const [decision] = await this.options.permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    return decision;
  }
}
