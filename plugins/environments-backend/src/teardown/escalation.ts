import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { noticeOf } from './notice';
import { nextAttemptAt } from './schedule';
import { TeardownStore } from './store/teardowns';
import { Untold } from './types';
import { RecurringWork } from '../loop';

const BATCH = 20;

/**
 * Tells owners and operators of teardowns that keep failing. That they are to be told is on record
 * with the failure itself; here it is done, as late as it takes.
 */
export class TeardownEscalation implements RecurringWork {
  readonly name = 'Telling of failed teardowns';
  readonly intervalMs = 5000;

  constructor(
    private readonly options: {
      knex: Knex;
      store: TeardownStore;
      notifications: NotificationService;
      /** Entity refs. */
      operators: string[];
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

  async #tell(untold: Untold, now: Date): Promise<boolean> {
    const { knex, store, notifications, operators } = this.options;
    const { environmentId, tellFailures } = untold;
    try {
      await notifications.send(noticeOf(untold, operators));
    } catch (error) {
      const at = nextAttemptAt(now, tellFailures + 1, this.options.random());
      this.options.logger.warn(
        `Could not tell of the failed teardown of environment ${environmentId}; the next try is at ${at.toISOString()}`,
        toError(error),
      );
      await store.tellLater(knex, environmentId, at);
      return false;
    }
    await store.told(knex, environmentId, now);
    return true;
  }
}
