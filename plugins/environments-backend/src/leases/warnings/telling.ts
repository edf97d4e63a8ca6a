import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { EnvironmentChanges } from '../../environments/changes';
import { RecurringWork } from '../../loop';
import { nextAttemptAt } from '../../teardown/schedule';
import { Audience, Recipients } from '../../watching/recipients';
import { LeaseService } from '../service';
import { warningNotice } from './notice';
import { ExtendOffers } from './offers';
import { UntoldWarning, WarningStore } from './store';

const BATCH = 20;

/** After so many failures in a row it is tried every quarter of an hour, since time runs. */
const SLOWEST_AFTER = 5;

/** Tells people of warnings that fell due, as late as it takes and is of any use. */
export class WarningTelling implements RecurringWork {
  readonly name = 'Telling of leases that end soon';
  readonly intervalMs = 1000;

  constructor(
    private readonly options: {
      knex: Knex;
      warnings: WarningStore;
      leases: LeaseService;
      environments: Pick<EnvironmentChanges, 'lock'>;
      offers: Pick<ExtendOffers, 'make'>;
      recipients: Recipients;
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
    const { knex, warnings } = this.options;
    let told = 0;
    for (;;) {
      const batch = await warnings.takeUntold(knex, now, BATCH);
      for (const untold of batch) {
        if (await this.#tell(untold, now)) told += 1;
      }
      if (batch.length < BATCH) return told;
    }
  }

  async #tell(untold: UntoldWarning, now: Date): Promise<boolean> {
    const { knex, warnings, offers, recipients } = this.options;
    const { notifications, random, logger } = this.options;
    const pointless = whyPointless(untold, now);
    if (pointless) {
      await this.#settle(untold, 'dropped', pointless);
      return false;
    }
    let audience: Audience;
    try {
      audience = await recipients.of(knex, untold);
      const offered = await offers.make(untold, audience.told);
      await notifications.send(
        warningNotice(untold, offered, now, audience.told),
      );
    } catch (error) {
      const failures = Math.min(untold.tellFailures + 1, SLOWEST_AFTER);
      const at = nextAttemptAt(now, failures, random());
      logger.warn(
        `Could not warn of the end of environment ${untold.environmentId}; the next try is at ${at.toISOString()}`,
        toError(error),
      );
      await warnings.tellLater(knex, untold, at);
      return false;
    }
    await this.#settle(untold, 'sent', whoWasTold(audience));
    return true;
  }

  async #settle(
    untold: UntoldWarning,
    delivery: 'sent' | 'dropped',
    reason: string,
  ): Promise<void> {
    const { knex, warnings, leases, environments } = this.options;
    const { environmentId, beforeSeconds, endsAt } = untold;
    await knex.transaction(async tx => {
      await environments.lock(tx, environmentId);
      if (!(await warnings.remove(tx, untold))) return;
      await leases.noteWarning(
        tx,
        environmentId,
        { beforeSeconds, endsAt: endsAt.toISOString(), delivery },
        reason,
      );
    });
  }
}

function whoWasTold({ told, notTold }: Audience): string {
  const sent = `Sent to ${told.join(' and ')}`;
  if (notTold.length === 0) return sent;
  return `${sent}; not to ${notTold.join(' and ')}, whose rights have changed since they began to watch it`;
}

/** Why nobody needs to hear it any more. */
function whyPointless(
  { stage, isProtected, dueAt, endsAt }: UntoldWarning,
  now: Date,
): string | undefined {
  if (stage !== 'running' && stage !== 'grace') {
    return 'Not sent: it ends already';
  }
  if (isProtected) return 'Not sent: it is protected';
  if (dueAt?.getTime() !== endsAt.getTime()) {
    return 'Not sent: it ends at another time now';
  }
  if (endsAt <= now) return 'Not sent: its time was up before that worked';
  return undefined;
}
