import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { RELATION_MEMBER_OF } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { PolicyDecision } from '@backstage/plugin-permission-common';
import { EnvironmentAccess } from '../environments/access';

/**
 * What somebody may do, for when they are not there: nobody can ask the policy with the token of a
 * person who has left. The conditions of its answer are applied to each environment as it is when
 * its turn comes, and the whole ends when the catalog knows the person no more, or as a member of
 * less than at the time.
 */
export interface Mandate {
  /** Entity ref of a person, or `service:<subject>`. */
  actor: string;
  /** What the policy said of updates of environments. */
  decision: PolicyDecision;
  /** Groups that the catalog said they were a member of; absent: it did not know them. */
  groups?: string[];
}

export class Mandates {
  constructor(
    private readonly options: {
      access: EnvironmentAccess;
      auth: Pick<AuthService, 'getOwnServiceCredentials'>;
      catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
    },
  ) {}

  /** Of somebody who is there now. */
  async take(credentials: BackstageCredentials): Promise<Mandate> {
    const { access } = this.options;
    const { actor } = await access.caller(credentials);
    const [decision, groups] = await Promise.all([
      access.updateDecision(credentials),
      this.#groups(actor),
    ]);
    return { actor, decision, groups };
  }

  /** Whether the person is still who they were, as far as the catalog knows. */
  async holds({ actor, groups }: Mandate): Promise<boolean> {
    if (!groups) return true;
    const now = await this.#groups(actor);
    return now !== undefined && groups.every(group => now.includes(group));
  }

  allows(
    { decision }: Mandate,
    environment: { id: string; owner: string },
  ): boolean {
    return this.options.access.allows(decision, environment);
  }

  async #groups(actor: string): Promise<string[] | undefined> {
    const { auth, catalog } = this.options;
    if (actor.startsWith('service:')) return undefined;
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs: [actor] },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    return items[0]?.relations
      ?.filter(({ type }) => type === RELATION_MEMBER_OF)
      .map(({ targetRef }) => targetRef)
      .sort();
  }
}
