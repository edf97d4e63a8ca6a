import { Knex } from 'knex';
import { addSeconds } from '../clock';

/** Long enough to read the plan of a create that was tried. */
const KEPT_SECONDS = 24 * 3600;
/** Each goes with its operations and their logs. */
const BATCH = 10;

/** Removes what dry runs of creates have left: environments that never came to be. */
export class Trials {
  constructor(private readonly options: { knex: Knex }) {}

  /** @returns false when there is no more to remove */
  async removeExpired(now: Date): Promise<boolean> {
    const { knex } = this.options;
    const expired = knex('environments as e')
      .where({ trial: true })
      .where('e.created_at', '<', addSeconds(now, -KEPT_SECONDS))
      .whereNotExists(
        knex('operations as o')
          .whereRaw('o.environment_id = e.id')
          .whereNull('o.finished_at'),
      )
      .orderBy('e.created_at')
      .limit(BATCH)
      .select('e.id')
      .forUpdate('e')
      .skipLocked();
    const removed = await knex('environments').whereIn('id', expired).delete();
    return removed === BATCH;
  }
}
