import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { PolicyDecision } from '@backstage/plugin-permission-common';
import { environmentReadPermission } from '@greenroom/plugin-environments-common';
import { EnvironmentAccess } from '../environments/access';
import { ReadingMandates } from '../environments/readingMandate';

/** What somebody may see, for when they are not there to be asked. */
export interface WatchMandate {
  /** What the policy said of reading environments. */
  decision: PolicyDecision;
  /** Groups that the catalog said they were a member of; absent: it did not know them. */
  groups?: string[];
}

/** An environment as decisions about it need it. */
type Watched = Parameters<EnvironmentAccess['allows']>[1];

/** Takes and applies mandates to be told of environments. */
export class WatchMandates {
  constructor(
    private readonly options: {
      access: EnvironmentAccess;
      readingMandates: ReadingMandates;
    },
  ) {}

  /** Of somebody who is there now. */
  async take(
    credentials: BackstageCredentials,
  ): Promise<WatchMandate & { actor: string }> {
    const { access, readingMandates } = this.options;
    const [decision, identity] = await Promise.all([
      access.decision(environmentReadPermission, credentials),
      readingMandates.identity(credentials),
    ]);
    return { ...identity, decision };
  }

  allows({ decision }: WatchMandate, environment: Watched): boolean {
    return this.options.access.allows(decision, environment);
  }

  /** Those who may still see the environment as it is now, as far as can be known without them. */
  async holding(
    watchers: { watcher: string; mandate: WatchMandate }[],
    environment: Watched,
  ): Promise<Set<string>> {
    const allowed = watchers
      .filter(({ mandate }) => this.allows(mandate, environment))
      .map(({ watcher: actor, mandate: { groups } }) => ({ actor, groups }));
    const still = await this.options.readingMandates.holding(allowed);
    return new Set(still.map(({ actor }) => actor));
  }
}
