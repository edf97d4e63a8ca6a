import { Knex } from 'knex';
import { Setbacks } from './setbacks';

/** One transaction; several replicas sweep beside each other in such pieces. */
const BATCH = 50;

/**
 * Does something about all that is due and free, whatever comes of others.
 *
 * @param lockDue - gives none again that was dealt with
 * @param act - returns nothing where nothing follows
 * @param onBatch - after the commit of some, with what followed
 * @returns how many something followed for
 */
export async function eachDue<One, Result>(
  now: Date,
  options: {
    knex: Knex;
    setbacks: Setbacks;
    lockDue: (
      tx: Knex.Transaction,
      query: { limit: number; except: string[] },
    ) => Promise<One[]>;
    environmentOf: (one: One) => string;
    act: (tx: Knex.Transaction, one: One) => Promise<Result | undefined>;
    onBatch?: (results: Result[]) => Promise<void>;
  },
): Promise<number> {
  const { knex, setbacks, lockDue, environmentOf, act, onBatch } = options;
  let followed = 0;
  for (;;) {
    const { looked, results } = await knex.transaction(async tx => {
      const due = await lockDue(tx, {
        limit: BATCH,
        except: setbacks.at(now),
      });
      const batch: Result[] = [];
      for (const one of due) {
        const result = await setbacks.attempt(
          tx,
          environmentOf(one),
          now,
          savepoint => act(savepoint, one),
        );
        if (result !== undefined) batch.push(result);
      }
      return { looked: due.length, results: batch };
    });
    if (looked > 0) await onBatch?.(results);
    followed += results.length;
    if (looked < BATCH) return followed;
  }
}
