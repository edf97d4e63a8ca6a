import { Knex } from 'knex';
import { Setbacks } from './setbacks';

/** One transaction; several replicas sweep beside each other in such pieces. */
const BATCH = 50;

/**
 * Looks at every environment that is due and free, whatever comes of others.
 *
 * @param lockDue - gives none again that was looked at
 * @param look - returns the operation that follows
 * @returns how many operations follow
 */
export async function lookAtDue<One extends { environmentId: string }>(
  now: Date,
  options: {
    knex: Knex;
    setbacks: Setbacks;
    lockDue: (
      tx: Knex.Transaction,
      query: { limit: number; except: string[] },
    ) => Promise<One[]>;
    look: (tx: Knex.Transaction, one: One) => Promise<string | undefined>;
    /** After commit. */
    onSubmitted: (operationIds: string[]) => Promise<void>;
  },
): Promise<number> {
  const { knex, setbacks, lockDue, look, onSubmitted } = options;
  let submitted = 0;
  for (;;) {
    const { looked, operationIds } = await knex.transaction(async tx => {
      const due = await lockDue(tx, {
        limit: BATCH,
        except: setbacks.at(now),
      });
      const ids: string[] = [];
      for (const one of due) {
        const id = await setbacks.attempt(
          tx,
          one.environmentId,
          now,
          savepoint => look(savepoint, one),
        );
        if (id) ids.push(id);
      }
      return { looked: due.length, operationIds: ids };
    });
    // Something may be told though nothing is submitted.
    if (looked > 0) await onSubmitted(operationIds);
    submitted += operationIds.length;
    if (looked < BATCH) return submitted;
  }
}
