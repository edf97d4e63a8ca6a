import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { formatDurationSeconds } from '@greenroom/plugin-environments-common';
import { RecurringWork } from '../../loop';
import { Setbacks } from '../../setbacks';
import { LeaseService } from '../service';
import { warningDue } from './moments';
import { WarningStore } from './store';

/** One transaction; several replicas sweep beside each other in such pieces. */
const BATCH = 50;

/** Finds leases of which a warning is due, and puts on record that somebody must be told. */
export class WarningSweep implements RecurringWork {
  readonly name = 'The sweep of lease warnings';
  readonly intervalMs = 1000;

  readonly #setbacks: Setbacks;

  constructor(
    private readonly options: {
      knex: Knex;
      warnings: WarningStore;
      leases: LeaseService;
      logger: LoggerService;
    },
  ) {
    this.#setbacks = new Setbacks('Could not warn of', options.logger);
  }

  /**
   * Records what is due at that moment, of each lease only the warning nearest to its end.
   *
   * @returns how many
   */
  async tick(now: Date): Promise<number> {
    const { knex, warnings } = this.options;
    let recorded = 0;
    for (;;) {
      const due = await knex.transaction(async tx => {
        const ids = await warnings.lockDue(tx, now, {
          limit: BATCH,
          except: this.#setbacks.at(now),
        });
        for (const id of ids) {
          await this.#setbacks.attempt(tx, id, now, savepoint =>
            this.#record(savepoint, id, now),
          );
        }
        return ids.length;
      });
      recorded += due;
      if (due < BATCH) return recorded;
    }
  }

  async #record(
    tx: Knex.Transaction,
    environmentId: string,
    now: Date,
  ): Promise<void> {
    const { warnings, leases } = this.options;
    const warning = warningDue(await leases.get(tx, environmentId), now);
    if (!warning) return;
    const { beforeSeconds, endsAt } = warning;
    const { revision } = await leases.noteWarning(
      tx,
      environmentId,
      { beforeSeconds, endsAt: endsAt.toISOString(), delivery: 'due' },
      `The warning ${formatDurationSeconds(beforeSeconds)} before its end is due`,
    );
    await warnings.add(tx, { ...warning, environmentId, revision }, now);
  }
}
