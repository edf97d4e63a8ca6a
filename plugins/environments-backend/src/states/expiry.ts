import { Knex } from 'knex';
import { addSeconds, Clock } from '../clock';
import { StateStore } from './store';

/** Each goes with all its versions. */
const BATCH = 20;

/** Removes the states of environments that have been destroyed for long. */
export class StateExpiry {
  constructor(
    private readonly options: {
      knex: Knex;
      store: StateStore;
      clock: Clock;
      retention: { destroyedStatesSeconds: number };
    },
  ) {}

  /** @returns false when there is no more to remove */
  async removeExpired(): Promise<boolean> {
    const { knex, store, clock, retention } = this.options;
    const removed = await store.removeDestroyed(knex, {
      destroyedBefore: addSeconds(
        clock.now(),
        -retention.destroyedStatesSeconds,
      ),
      limit: BATCH,
    });
    return removed === BATCH;
  }
}
