import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { RecurringWork } from '../../loop';
import { nextAttemptAt } from '../../teardown/schedule';
import { moreTimeNotice } from './notice';
import { TimeRequestStore, UntoldTimeRequest } from './store';

const BATCH = 20;

/** After so many failures in a row it is tried every quarter of an hour, since people wait. */
const SLOWEST_AFTER = 5;

/** Tells those who may answer of requests for more time, and whoever asked of the answer, as late as it takes. */
export class MoreTimeTelling implements RecurringWork {
  readonly name = 'Telling of requests for more time';
  readonly intervalMs = 1000;

  constructor(
    private readonly options: {
      knex: Knex;
      timeRequests: TimeRequestStore;
      notifications: NotificationService;
      /** Entity refs. */
      operators: string[];
      /** From 0 to 1; spreads retries. */
      random: () => number;
      logger: LoggerService;
    },
  ) {}

  /** @returns how many were told */
  async tick(now: Date): Promise<number> {
    const { knex, timeRequests } = this.options;
    let told = 0;
    for (;;) {
      const batch = await timeRequests.takeUntold(knex, now, BATCH);
      for (const untold of batch) {
        if (await this.#tell(untold, now)) told += 1;
      }
      if (batch.length < BATCH) return told;
    }
  }

  async #tell(untold: UntoldTimeRequest, now: Date): Promise<boolean> {
    const { knex, timeRequests, notifications, operators, random, logger } =
      this.options;
    const notice = moreTimeNotice(untold, operators);
    if (notice) {
      try {
        await notifications.send(notice);
      } catch (error) {
        const failures = Math.min(untold.tellFailures + 1, SLOWEST_AFTER);
        const at = nextAttemptAt(now, failures, random());
        logger.warn(
          `Could not tell of the request for more time of environment ${untold.environmentId}; the next try is at ${at.toISOString()}`,
          toError(error),
        );
        await timeRequests.tellLater(knex, untold, at);
        return false;
      }
    }
    await timeRequests.told(knex, untold);
    return notice !== undefined;
  }
}
