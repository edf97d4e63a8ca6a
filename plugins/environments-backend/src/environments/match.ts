import { Config } from '@backstage/config';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { requireKnown } from '../settingKeys';

/** Which environments a rule of the configuration is for: each list must hold the environment's own. */
export interface EnvironmentMatch {
  type?: string[];
  owner?: string[];
  blueprint?: string[];
}

/** What rules go by. */
export interface RuleSubject {
  type: string;
  /** Entity ref. */
  owner: string;
  /** Its name. */
  blueprint: string;
}

/**
 * The `match` of a rule; without one it is for all environments.
 *
 * @param at - where the rule stands, for whoever wrote it
 * @throws with the place of what can't be meant so
 */
export function readMatch(rule: Config, at: string): EnvironmentMatch {
  const match = rule.getOptionalConfig('match');
  if (!match) return {};
  requireKnown(match, `${at}.match`, ['type', 'owner', 'blueprint']);
  return {
    type: match.getOptionalStringArray('type'),
    owner: match
      .getOptionalStringArray('owner')
      ?.map(ref => readOwner(ref, `${at}.match.owner`)),
    blueprint: match.getOptionalStringArray('blueprint'),
  };
}

export function matches(
  match: EnvironmentMatch,
  { type, owner, blueprint }: RuleSubject,
): boolean {
  const holds = (values: string[] | undefined, own: string) =>
    values === undefined || values.includes(own);
  return (
    holds(match.type, type) &&
    holds(match.owner, owner) &&
    holds(match.blueprint, blueprint)
  );
}

function readOwner(ref: string, at: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(ref));
  } catch {
    throw new Error(
      `${at} holds "${ref}"; write each with its kind, like group:default/platform.`,
    );
  }
}
