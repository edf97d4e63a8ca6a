import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Transaction } from '../database';
import { RecurringWork } from '../loop';
import { Recipients } from '../watching/recipients';
import { nextAttemptAt } from './schedule';

const BATCH = 20;

/** Something about an environment that people are to be told. */
interface Untold {
  environmentId: string;
  owner: string;
  createdBy: string;
  tellFailures: number;
}

/** Where it is on record that people are to be told. */
interface UntoldStore<T extends Untold> {
  /** Others leave these alone for a while. */
  takeUntold(tx: Transaction, now: Date, limit: number): Promise<T[]>;
  told(tx: Transaction, environmentId: string, at: Date): Promise<void>;
  tellLater(tx: Transaction, environmentId: string, at: Date): Promise<void>;
}

/** What telling needs, whatever it is that is told. */
export interface TellingOptions<T extends Untold> {
  knex: Knex;
  store: UntoldStore<T>;
  recipients: Pick<Recipients, 'of'>;
  notifications: NotificationService;
  /** From 0 to 1; spreads retries. */
  random: () => number;
  logger: LoggerService;
}

/** Tells people what is on record for them to be told, as late as it takes. */
export abstract class Telling<T extends Untold> implements RecurringWork {
  abstract readonly name: string;
  readonly intervalMs = 5000;

  constructor(private readonly options: TellingOptions<T>) {}

  /** @param recipients entity refs of those whom the environment concerns, each once */
  protected abstract notice(
    untold: T,
    recipients: string[],
  ): Parameters<NotificationService['send']>[0];

  /** To go on with after *Could not tell*. */
  protected abstract what(untold: T): string;

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

  async #tell(untold: T, now: Date): Promise<boolean> {
    const { knex, store, recipients } = this.options;
    const { notifications, random, logger } = this.options;
    const { environmentId, tellFailures } = untold;
    try {
      const { told } = await recipients.of(knex, untold);
      await notifications.send(this.notice(untold, told));
    } catch (error) {
      const at = nextAttemptAt(now, tellFailures + 1, random());
      logger.warn(
        `Could not tell ${this.what(untold)}; the next try is at ${at.toISOString()}`,
        toError(error),
      );
      await store.tellLater(knex, environmentId, at);
      return false;
    }
    await store.told(knex, environmentId, now);
    return true;
  }
}
