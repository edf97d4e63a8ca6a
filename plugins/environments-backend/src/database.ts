import { Knex } from 'knex';
import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { ErrorLike, isError } from '@backstage/errors';

/** The connection of a transaction, or the pool where none is needed. */
export type Transaction = Knex | Knex.Transaction;

/**
 * A process that is stopped in the midst of a transaction keeps its locks. After this time the
 * server ends it: before the claims of that process have run out, so that whoever takes over
 * never waits for it.
 */
const IDLE_IN_TRANSACTION_MS = 10_000;

/** What the database takes for the time: the same for all replicas. */
export interface DatabaseClock {
  now(tx: Transaction): Promise<Date>;
}

export const databaseClock: DatabaseClock = {
  async now(tx) {
    const answer = await tx.raw('SELECT clock_timestamp() AS now');
    return answer.rows[0].now;
  },
};

/**
 * @throws when the database is not PostgreSQL, saying what to configure
 */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  const client = String(knex.client.config.client);
  if (client !== 'pg') {
    throw new Error(
      `Greenroom keeps its environments in PostgreSQL 14 or newer, but the database client configured for it is "${client}". Set backend.database.client to pg with a connection beside it; for a try on one machine, ./greenroom start brings a PostgreSQL of its own.`,
    );
  }
  endStoppedTransactions(knex);
  if (!database.migrations?.skip) {
    await knex.migrate.latest({
      directory: resolvePackagePath(
        '@greenroom/plugin-environments-backend',
        'migrations',
      ),
    });
  }
  return knex;
}

interface PgConnection {
  query(sql: string): Promise<unknown>;
}

/** On each connection before anything else is sent over it. */
function endStoppedTransactions(knex: Knex): void {
  knex.client.pool.on(
    'createSuccess',
    (_id: number, connection: PgConnection) => {
      connection
        .query(
          `SET idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}`,
        )
        // Then the connection is broken, as its user is about to see.
        .catch(() => {});
    },
  );
}

/** Connection lost or refused, transaction ended while its process was stopped, server stopping, deadlock, serialization: the same again may work. */
const TRANSIENT_CODES =
  /^(08...|25P03|57P0[1-3]|53300|40001|40P01|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT)$/;
const TRANSIENT_MESSAGES =
  /Connection terminated|Timeout acquiring a connection|connection error/i;

export function isTransient(error: unknown): error is ErrorLike {
  return (
    isError(error) &&
    (TRANSIENT_CODES.test(String(error.code)) ||
      TRANSIENT_MESSAGES.test(error.message))
  );
}

/** Whether somebody else has what `NOWAIT` asked for. */
export function isLockedByOthers(error: unknown): boolean {
  return isError(error) && error.code === '55P03';
}

/** Whether a unique constraint or index of that name refused a row. */
export function violatesUnique(error: unknown, name: string): boolean {
  return isError(error) && error.code === '23505' && error.constraint === name;
}
