import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { Caller, rules } from './rules';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * Nobody acts without signing in; admins may do everything; for everyone else the rules decide,
 * and what has no rule is allowed. Services never ask: the framework lets them through.
 */
export class GreenroomPolicy implements PermissionPolicy {
  readonly #admins: ReadonlySet<string>;

  constructor(admins: ReadonlySet<string>) {
    this.#admins = admins;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) return DENY;
    // The backend has looked this up already; asking the user info service again would cost a
    // request to the auth backend for each decision.
    const caller: Caller = {
      userRef: user.info.userEntityRef,
      ownershipRefs: user.info.ownershipEntityRefs,
    };
    if (caller.ownershipRefs.some(ref => this.#admins.has(ref))) return ALLOW;
    return rules[permission.name]?.(caller) ?? ALLOW;
  }
}
