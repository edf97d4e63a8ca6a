import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { RELATION_MEMBER_OF } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EnvironmentAccess, Visible } from './access';

/**
 * What somebody may see, for when they are not there: nobody can ask the policy with the token of
 * a person who has left. Its conditions are applied to environments as they are by then, and the
 * whole ends when the catalog knows the person no more, or as a member of less than at the time.
 */
export interface ReadingMandate {
  /** Entity ref of a person, or `service:<subject>`. */
  actor: string;
  visible: Visible;
  /** Groups that the catalog said they were a member of; absent: it did not know them. */
  groups?: string[];
}

export class ReadingMandates {
  constructor(
    private readonly options: {
      access: EnvironmentAccess;
      auth: Pick<AuthService, 'getOwnServiceCredentials'>;
      catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
    },
  ) {}

  /** Of somebody who is there now. */
  async take(credentials: BackstageCredentials): Promise<ReadingMandate> {
    const { access } = this.options;
    const { actor } = await access.caller(credentials);
    const [visible, groups] = await Promise.all([
      access.visible(credentials),
      this.#groups(actor),
    ]);
    return { actor, visible, groups };
  }

  /** Whether the person is still who they were, as far as the catalog knows. */
  async holds({
    actor,
    groups,
  }: Pick<ReadingMandate, 'actor' | 'groups'>): Promise<boolean> {
    if (!groups) return true;
    const now = await this.#groups(actor);
    return now !== undefined && groups.every(group => now.includes(group));
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
