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

type Identity = Pick<ReadingMandate, 'actor' | 'groups'>;

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
    const [visible, identity] = await Promise.all([
      this.options.access.visible(credentials),
      this.identity(credentials),
    ]);
    return { ...identity, visible };
  }

  /** Who somebody is, to be kept with what they are allowed now. */
  async identity(credentials: BackstageCredentials): Promise<Identity> {
    const { actor } = await this.options.access.caller(credentials);
    const groups = await this.#groups([actor]);
    return { actor, groups: groups.get(actor) };
  }

  /** Whether the person is still who they were, as far as the catalog knows. */
  async holds(identity: Identity): Promise<boolean> {
    return (await this.holding([identity])).length > 0;
  }

  /** Those of them of whom that holds. One request, however many they are. */
  async holding(identities: Identity[]): Promise<Identity[]> {
    const known = identities.filter(({ groups }) => groups);
    const now = await this.#groups(known.map(({ actor }) => actor));
    return identities.filter(({ actor, groups }) => {
      const present = now.get(actor);
      return !groups || (present && groups.every(one => present.includes(one)));
    });
  }

  /** Of people whom the catalog knows. */
  async #groups(actors: string[]): Promise<Map<string, string[]>> {
    const { auth, catalog } = this.options;
    const people = actors.filter(actor => !actor.startsWith('service:'));
    if (people.length === 0) return new Map();
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs: people },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    return new Map(
      people.flatMap((actor, index) => {
        const groups = items[index]?.relations
          ?.filter(({ type }) => type === RELATION_MEMBER_OF)
          .map(({ targetRef }) => targetRef)
          .sort();
        return groups ? [[actor, groups] as const] : [];
      }),
    );
  }
}
