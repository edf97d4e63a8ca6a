import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { formatDurationSeconds } from '@greenroom/plugin-environments-common';
import { eachDue } from '../../eachDue';
import { RecurringWork } from '../../loop';
import { Setbacks } from '../../setbacks';
import { LeaseService } from '../service';
import { warningDue } from './moments';
import { WarningStore } from './store';

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
    return eachDue(now, {
      knex,
      setbacks: this.#setbacks,
      lockDue: (tx, query) => warnings.lockDue(tx, now, query),
      environmentOf: id => id,
      act: (tx, id) => this.#record(tx, id, now),
    });
  }

  async #record(
    tx: Knex.Transaction,
    environmentId: string,
    now: Date,
  ): Promise<true | undefined> {
    const { warnings, leases } = this.options;
    const warning = warningDue(await leases.get(tx, environmentId), now);
    if (!warning) return undefined;
    const { beforeSeconds, endsAt } = warning;
    const { revision } = await leases.noteWarning(
      tx,
      environmentId,
      { beforeSeconds, endsAt: endsAt.toISOString(), delivery: 'due' },
      `The warning ${formatDurationSeconds(beforeSeconds)} before its end is due`,
    );
    await warnings.add(tx, { ...warning, environmentId, revision }, now);
    return true;
  }
}
