import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { EnvironmentWatcher } from '@greenroom/plugin-environments-common';
import { AuditStore } from '../audit/store';
import { Clock } from '../clock';
import { EnvironmentChanges } from '../environments/changes';
import { EnvironmentNotFoundError } from '../environments/errors';
import { notAPerson, tooManyWatchers } from './errors';
import { WatchMandate, WatchMandates } from './mandate';
import { toEnvironmentWatcher, WatcherStore } from './store';

/** Each of them gets every message. */
const MOST = 50;

/** Who is told of environments beside their owners: whoever may see one, and wants to. */
export class WatchService {
  constructor(
    private readonly options: {
      knex: Knex;
      environments: EnvironmentChanges;
      mandates: WatchMandates;
      watchers: WatcherStore;
      audit: AuditStore;
      /** After a commit that left something to tell. */
      onTold: () => void;
      clock: Clock;
    },
  ) {}

  /** The caller watches it from now on. May be repeated, which makes their mandate anew. */
  async watch(
    environmentId: string,
    credentials: BackstageCredentials,
  ): Promise<EnvironmentWatcher[]> {
    const { watchers, clock } = this.options;
    const { watcher, mandate } = await this.#caller(environmentId, credentials);
    return this.#change(environmentId, watcher, 'watched', async tx => {
      const present = await watchers.of(tx, environmentId);
      const isNew = !present.some(one => one.watcher === watcher);
      if (isNew && present.length >= MOST) throw tooManyWatchers(MOST);
      const since = clock.now();
      await watchers.put(tx, environmentId, { watcher, since, mandate });
      return isNew;
    });
  }

  /** The caller watches it no more. May be repeated. */
  async unwatch(
    environmentId: string,
    credentials: BackstageCredentials,
  ): Promise<EnvironmentWatcher[]> {
    const { watchers } = this.options;
    const { watcher } = await this.#caller(environmentId, credentials);
    return this.#change(environmentId, watcher, 'unwatched', tx =>
      watchers.remove(tx, environmentId, watcher),
    );
  }

  async #caller(
    environmentId: string,
    credentials: BackstageCredentials,
  ): Promise<{ watcher: string; mandate: WatchMandate }> {
    const { knex, mandates, environments } = this.options;
    const environment = await environments.get(knex, environmentId);
    const { actor, ...mandate } = await mandates.take(credentials);
    if (environment.trial || !mandates.allows(mandate, environment)) {
      throw new EnvironmentNotFoundError(environmentId);
    }
    if (actor.startsWith('service:')) throw notAPerson(actor);
    return { watcher: actor, mandate };
  }

  async #change(
    environmentId: string,
    actor: string,
    done: 'watched' | 'unwatched',
    change: (tx: Knex.Transaction) => Promise<boolean>,
  ): Promise<EnvironmentWatcher[]> {
    const { knex, environments, watchers, audit, onTold, clock } = this.options;
    const present = await knex.transaction(async tx => {
      await environments.lock(tx, environmentId);
      if (await change(tx)) {
        await audit.append(tx, {
          at: clock.now(),
          actor,
          action: `environment.${done}`,
          environmentId,
          details: {},
        });
        await environments.tell(tx, environmentId);
      }
      return watchers.of(tx, environmentId);
    });
    onTold();
    return present.map(toEnvironmentWatcher);
  }
}
