import { EnvironmentWatcher } from '@greenroom/plugin-environments-common';
import { Transaction } from '../database';
import { WatchMandate } from './mandate';

export interface Watcher {
  /** Entity ref of a person. */
  watcher: string;
  since: Date;
  mandate: WatchMandate;
}

interface WatcherRow extends Watcher {
  environment_id: string;
}

/** Who watches which environment. */
export class WatcherStore {
  /** The longest watching first. */
  async of(tx: Transaction, environmentId: string): Promise<Watcher[]> {
    return tx<WatcherRow>('environment_watchers')
      .where({ environment_id: environmentId })
      .orderBy(['since', 'watcher'])
      .select('watcher', 'since', 'mandate');
  }

  /** Of who watches it already, the mandate is made anew. */
  async put(
    tx: Transaction,
    environmentId: string,
    { watcher, since, mandate }: Watcher,
  ): Promise<void> {
    await tx('environment_watchers')
      .insert({
        environment_id: environmentId,
        watcher,
        since,
        mandate: JSON.stringify(mandate),
      })
      .onConflict(['environment_id', 'watcher'])
      .merge(['mandate']);
  }

  /** @returns false when they did not watch it */
  async remove(
    tx: Transaction,
    environmentId: string,
    watcher: string,
  ): Promise<boolean> {
    const removed = await tx('environment_watchers')
      .where({ environment_id: environmentId, watcher })
      .delete();
    return removed > 0;
  }
}

/** As the API gives it. */
export function toEnvironmentWatcher({
  watcher,
  since,
}: Watcher): EnvironmentWatcher {
  return { watcher, since: since.toISOString() };
}
