import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** A database of its own on the PostgreSQL that the launcher has started. */
export interface ThrowAwayDatabase {
  name: string;
  /** Rows of one statement, on a connection of its own. */
  query<T extends object>(sql: string, values?: unknown[]): Promise<T[]>;
  drop(): Promise<void>;
}

export async function createDatabase(
  prefix: string,
): Promise<ThrowAwayDatabase> {
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  await queryOn('postgres', `CREATE DATABASE ${name}`);
  return {
    name,
    query: (sql, values) => queryOn(name, sql, values),
    async drop() {
      await queryOn('postgres', `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function queryOn<T extends object>(
  database: string,
  sql: string,
  values?: unknown[],
): Promise<T[]> {
  const client = new Client({
    host: process.env.POSTGRES_HOST,
    port: Number(process.env.POSTGRES_PORT),
    user: process.env.POSTGRES_USER,
    password: process.env.POSTGRES_PASSWORD,
    database,
  });
  await client.connect();
  try {
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
