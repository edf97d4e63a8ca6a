import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { RecurringWork } from '../../loop';
import { nextAttemptAt } from '../schedule';
import { checkNotice } from './notice';
import { CheckStore } from './store';
import { UntoldCheck } from './types';

const BATCH = 20;

/** Tells owners and creators of teardowns that would fail: that they are to be told is on record with the verdict. */
export class TeardownCheckTelling implements RecurringWork {
  readonly name = 'Telling of teardowns that would fail';
  readonly intervalMs = 5000;

  constructor(
    private readonly options: {
      knex: Knex;
      store: CheckStore;
      notifications: NotificationService;
      /** From 0 to 1; spreads retries. */
      random: () => number;
      logger: LoggerService;
    },
  ) {}

  /**
   * Tells everything that is to be told at that moment. Each is told once over all replicas; only
   * who dies between telling and writing that down leaves it to be told again, under one scope.
   *
   * @returns how many
   */
  async tick(now: Date): Promise<number> {
    const { knex, store } = this.options;
    let told = 0;
    for (;;) {
      const batch = await store.takeUntold(knex, now, BATCH);
      for (const untold of batch) {
        if (await this.#tell(untold, now)) told += 1;
      }
      if (batch.length < BATCH) return told;
    }
  }

  async #tell(untold: UntoldCheck, now: Date): Promise<boolean> {
    const { knex, store, notifications, random, logger } = this.options;
    const { environmentId, tellFailures } = untold;
    try {
      await notifications.send(checkNotice(untold));
    } catch (error) {
      const at = nextAttemptAt(now, tellFailures + 1, random());
      logger.warn(
        `Could not tell that the teardown of environment ${environmentId} would fail; the next try is at ${at.toISOString()}`,
        toError(error),
      );
      await store.tellLater(knex, environmentId, at);
      return false;
    }
    await store.told(knex, environmentId, now);
    return true;
  }
}
