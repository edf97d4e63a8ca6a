import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { RecurringWork } from '../../loop';
import { nextAttemptAt } from '../../teardown/schedule';
import { Brake, BrakeStore } from './store';

/** After so many failures in a row it is tried every quarter of an hour, since people wait. */
const SLOWEST_AFTER = 5;

/** Tells operators that a brake waits for their word, as late as it takes. */
export class BrakeTelling implements RecurringWork {
  readonly name = 'Telling of the brake on ends of leases';
  readonly intervalMs = 5000;

  constructor(
    private readonly options: {
      knex: Knex;
      brakes: BrakeStore;
      notifications: NotificationService;
      /** Entity refs. */
      operators: string[];
      /** From 0 to 1; spreads retries. */
      random: () => number;
      logger: LoggerService;
    },
  ) {}

  /** @returns whether somebody was told */
  async tick(now: Date): Promise<boolean> {
    const { knex, brakes, notifications, operators, logger } = this.options;
    const brake = await brakes.takeUntold(knex, now);
    if (!brake) return false;
    if (operators.length > 0) {
      try {
        await notifications.send(noticeOf(brake, operators));
      } catch (error) {
        const failures = Math.min(brake.tellFailures + 1, SLOWEST_AFTER);
        const at = nextAttemptAt(now, failures, this.options.random());
        logger.warn(
          `Could not tell operators of the brake on ends of leases; the next try is at ${at.toISOString()}`,
          toError(error),
        );
        await brakes.tellLater(knex, brake, at);
        return false;
      }
    }
    await brakes.told(knex, brake);
    return operators.length > 0;
  }
}

function noticeOf(
  { id, window, counts }: Brake,
  operators: string[],
): Parameters<NotificationService['send']>[0] {
  const { falling, living } = counts;
  return {
    recipients: { type: 'entity', entityRef: operators },
    payload: {
      title: `${falling} environments would end at once, and wait for your word`,
      description: `The lease sweep last looked at ${window.after.toISOString()}, and the clock said ${window.until.toISOString()}: either it has leapt, or nothing ran for that long. ${falling} of ${living} leases fell due meanwhile. See what the time is, then release them, so that they end, or postpone them.`,
      link: '/environments/leases',
      severity: 'critical',
      topic: 'environments.lease',
      scope: `environments.lease.brake:${id}`,
    },
  };
}
