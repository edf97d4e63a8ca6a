import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { Portal } from './portal';

/** Every row of every table of a portal, of whichever plugin, as text. */
export async function allRows(portal: Portal): Promise<string[]> {
  const client = new Client({
    host: '127.0.0.1',
    port: Number(await readFile(join(portal.home, 'postgres/port'), 'utf8')),
    user: 'greenroom',
    password: JSON.parse(
      await readFile(join(portal.home, 'secrets.json'), 'utf8'),
    ).postgresPassword,
    database: 'greenroom',
  });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const rows: string[] = [];
    for (const { name } of tables.rows) {
      const found = await client.query<{ row: string }>(
        `SELECT t::text AS row FROM ${name} t`,
      );
      rows.push(...found.rows.map(({ row }) => `${name} ${row}`));
    }
    return rows;
  } finally {
    await client.end();
  }
}
