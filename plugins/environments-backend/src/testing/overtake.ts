import { Knex } from 'knex';
import { until } from './until';

/**
 * Begins something while another transaction is under way, which is committed as soon as what was
 * begun waits for it: the last moment at which it can still be overtaken.
 *
 * What never waits is answered before the other is committed.
 *
 * @param first what the other transaction does
 */
export async function overtaken<T>(
  knex: Knex,
  first: (other: Knex.Transaction) => Promise<unknown>,
  begin: () => Promise<T>,
): Promise<T> {
  const other = await knex.transaction();
  await first(other);
  let answered = false;
  const begun = begin().finally(() => {
    answered = true;
  });
  // Looked at below, where it may come too late for Node.
  begun.catch(() => {});
  await until(async () => answered || (await someoneWaitsFor(other)));
  await other.commit();
  return begun;
}

/** Another one asks for the environment, who gets it. */
export async function submitInFront(
  other: Knex.Transaction,
  environmentId: string,
): Promise<void> {
  await other('environments').where({ id: environmentId }).forUpdate();
  await other.raw(
    `INSERT INTO operations (id, environment_id, number, kind, state, blueprint_version_id, inputs, owner_ref, requested_by, requested_at, cause)
     SELECT gen_random_uuid(), environment_id, number + 1, 'destroy', 'queued', blueprint_version_id, inputs, owner_ref, requested_by, requested_at, cause
     FROM operations WHERE environment_id = ? ORDER BY number DESC LIMIT 1`,
    [environmentId],
  );
}

async function someoneWaitsFor(other: Knex.Transaction): Promise<boolean> {
  const { rows } = await other.raw(
    `SELECT 1 FROM pg_stat_activity
     WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))`,
  );
  return rows.length > 0;
}
