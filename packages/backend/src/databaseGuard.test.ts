import { ConfigReader } from '@backstage/config';
import { DatabaseNotSupportedError, requirePostgres } from './databaseGuard';

const withDatabase = (database: object) =>
  new ConfigReader({ backend: { database } });

describe('requirePostgres', () => {
  it('accepts PostgreSQL', () => {
    expect(() =>
      requirePostgres(withDatabase({ client: 'pg', connection: {} })),
    ).not.toThrow();
  });

  it('refuses SQLite and says which key to change to what', () => {
    expect(() =>
      requirePostgres(
        withDatabase({ client: 'better-sqlite3', connection: ':memory:' }),
      ),
    ).toThrow(
      'Greenroom keeps its data in PostgreSQL 14 or newer, but the configuration says backend.database.client: better-sqlite3. ' +
        'Set backend.database.client to "pg" and backend.database.connection to your server, or run ./greenroom start, which brings a PostgreSQL of its own.',
    );
  });

  it('refuses another database for a single plugin', () => {
    expect(() =>
      requirePostgres(
        withDatabase({
          client: 'pg',
          plugin: { catalog: { client: 'better-sqlite3' } },
        }),
      ),
    ).toThrow('backend.database.plugin.catalog.client: better-sqlite3');
  });

  it('carries a stable code', () => {
    expect(
      new DatabaseNotSupportedError('backend.database.client', 'mysql2'),
    ).toMatchObject({ name: 'InputError', code: 'database-not-supported' });
  });
});
