import { Transaction } from '../database';
import { WatchMandates } from './mandate';
import { WatcherStore } from './store';

/** Entity refs, each once. */
export interface Audience {
  told: string[];
  /** They watch it, and may no longer be allowed to see it. */
  notTold: string[];
}

/** Who is told of an environment, whatever it is: its owner, whoever asked for it, and who watches it. */
export class Recipients {
  constructor(
    private readonly options: {
      watchers: WatcherStore;
      mandates: WatchMandates;
    },
  ) {}

  /** Services among them are left out: they read no messages. */
  async of(
    tx: Transaction,
    environment: { environmentId: string; owner: string; createdBy: string },
  ): Promise<Audience> {
    const { watchers, mandates } = this.options;
    const { environmentId: id, owner, createdBy } = environment;
    const own = [owner, createdBy].filter(ref => /^(user|group):/.test(ref));
    const watching = await watchers.of(tx, id);
    const holding = await mandates.holding(watching, { id, owner });
    const told = new Set([...own, ...holding]);
    return {
      told: [...told],
      notTold: watching
        .map(({ watcher }) => watcher)
        .filter(watcher => !told.has(watcher)),
    };
  }
}
