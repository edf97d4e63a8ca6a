import { Knex } from 'knex';
import { addSeconds } from '../clock';
import { StateStore } from './store';

/** Each goes with all its versions. */
const BATCH = 20;

/** Removes the states of environments that have been destroyed for long. */
export class StateExpiry {
  constructor(
    private readonly options: {
      knex: Knex;
      store: StateStore;
      retention: { destroyedStatesSeconds: number };
    },
  ) {}

  /** @returns false when there is no more to remove */
  async removeExpired(now: Date): Promise<boolean> {
    const { knex, store, retention } = this.options;
    const removed = await store.removeDestroyed(knex, {
      destroyedBefore: addSeconds(now, -retention.destroyedStatesSeconds),
      limit: BATCH,
    });
    return removed === BATCH;
  }
}
