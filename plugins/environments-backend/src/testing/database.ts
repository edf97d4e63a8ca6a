import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import knexFactory, { Knex } from 'knex';
import { randomIds } from '../ids';

const CONNECTION_VARIABLE =
  'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';
const MIGRATIONS = resolve(__dirname, '../../migrations');

/**
 * Enough for a worker, a poller and a test at once. What is idle goes soon: a file may make thirty
 * databases within the half minute that it would stay otherwise, and the server has an end.
 */
const POOL: Knex.PoolConfig = { min: 0, max: 8, idleTimeoutMillis: 1000 };

export interface TestDatabase {
  /** A connection to a database with all migrations, used by nobody else. */
  create(): Promise<Knex>;
}

/**
 * Databases for the tests of one file; dropped after its last test.
 *
 * The migrations run once per version of the migrations folder, in a template that stays on the
 * server; each database is a copy of it, made in some 50 ms instead of the migrations' 500.
 */
export function useTestDatabases(): TestDatabase {
  const open: { name: string; knex: Knex }[] = [];

  afterAll(async () => {
    for (const { knex } of open) await knex.destroy();
    await withAdmin(async admin => {
      for (const { name } of open) {
        await admin.raw('DROP DATABASE IF EXISTS ?? WITH (FORCE)', [name]);
      }
    });
  });

  return {
    async create() {
      const name = `greenroom_test_${randomIds.id().replaceAll('-', '')}`;
      await withAdmin(async admin => {
        const template = await ensureTemplate(admin);
        await admin.raw('CREATE DATABASE ?? TEMPLATE ??', [name, template]);
      });
      const knex = connect(name);
      open.push({ name, knex });
      return knex;
    },
  };
}

async function withAdmin<T>(use: (admin: Knex) => Promise<T>): Promise<T> {
  const admin = connect('postgres', { min: 0, max: 1 });
  try {
    return await use(admin);
  } finally {
    await admin.destroy();
  }
}

/** Several test processes may come at once: the first builds, under a lock of the session. */
async function ensureTemplate(admin: Knex): Promise<string> {
  const template = `greenroom_template_${migrationsDigest()}`;
  const lock = Number.parseInt(migrationsDigest().slice(0, 12), 16);
  await admin.raw('SELECT pg_advisory_lock(?)', [lock]);
  try {
    const found = await admin('pg_database').where({ datname: template });
    if (found.length === 0) await buildTemplate(admin, template);
  } finally {
    await admin.raw('SELECT pg_advisory_unlock(?)', [lock]);
  }
  return template;
}

async function buildTemplate(admin: Knex, template: string): Promise<void> {
  const building = `${template}_building`;
  await admin.raw('DROP DATABASE IF EXISTS ?? WITH (FORCE)', [building]);
  await admin.raw('CREATE DATABASE ??', [building]);
  const knex = connect(building);
  try {
    await knex.migrate.latest({ directory: MIGRATIONS });
  } finally {
    await knex.destroy();
  }
  await admin.raw('ALTER DATABASE ?? RENAME TO ??', [building, template]);
}

function migrationsDigest(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(MIGRATIONS).sort()) {
    hash.update(file).update(readFileSync(resolve(MIGRATIONS, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

function connect(database: string, pool = POOL): Knex {
  const connectionString = process.env[CONNECTION_VARIABLE];
  if (!connectionString) {
    throw new Error(
      `These tests need a PostgreSQL: start them by ./greenroom test, or set ${CONNECTION_VARIABLE} to one that may be filled and emptied.`,
    );
  }
  return knexFactory({
    client: 'pg',
    connection: { ...connection(connectionString), database },
    pool,
  });
}

function connection(text: string): Knex.PgConnectionConfig {
  const url = new URL(text);
  return {
    host: url.hostname,
    port: url.port ? Number(url.port) : 5432,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
}
