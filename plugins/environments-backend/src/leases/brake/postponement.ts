import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { eachDue } from '../../eachDue';
import { EnvironmentChanges } from '../../environments/changes';
import { RecurringWork } from '../../loop';
import { Setbacks } from '../../setbacks';
import { EntryDraft } from '../entry';
import { LeaseService } from '../service';
import { Brake, BrakeStore } from './store';

/**
 * Enters in each ledger what an operator has said of all that a brake holds: nothing of it falls
 * due before then. Until that is done the brake holds on, so none ends in between.
 */
export class BrakePostponement implements RecurringWork {
  readonly name = 'Postponing what a brake holds';
  readonly intervalMs = 1000;

  readonly #setbacks: Setbacks;

  constructor(
    private readonly options: {
      knex: Knex;
      brakes: BrakeStore;
      leases: LeaseService;
      environments: Pick<EnvironmentChanges, 'tell'>;
      logger: LoggerService;
      /** After a commit that left something to tell. */
      onTold: () => void;
    },
  ) {
    this.#setbacks = new Setbacks('Could not postpone', options.logger);
  }

  /** @returns how many leases were postponed */
  async tick(now: Date): Promise<number> {
    const { knex, brakes, onTold } = this.options;
    let postponed = 0;
    for (const brake of await brakes.holding(knex)) {
      if (!brake.word) continue;
      postponed += await this.#postpone(brake, now);
      if (!(await brakes.holdsAny(knex, brake.window))) {
        await brakes.done(knex, brake, now);
      }
    }
    if (postponed > 0) onTold();
    return postponed;
  }

  async #postpone(brake: Brake, now: Date): Promise<number> {
    const { knex, brakes, leases, environments } = this.options;
    const entry = postponedEntry(brake);
    return eachDue(now, {
      knex,
      setbacks: this.#setbacks,
      lockDue: (tx, query) => brakes.lockWaiting(tx, brake.window, query),
      environmentOf: id => id,
      act: async (tx, id) => {
        await leases.record(tx, id, [entry]);
        await environments.tell(tx, id);
        return true;
      },
    });
  }
}

/** A hold: it takes a lease wherever it is, and keeps a grace, a maximum and the extensions. */
function postponedEntry({ word }: Brake): EntryDraft {
  if (!word?.until) throw new Error('Nobody has said until when');
  const { by: actor, reason, until } = word;
  return {
    kind: 'hold',
    actor,
    reason,
    rule: 'lease.brake.postponed',
    detail: { until: until.toISOString() },
  };
}
