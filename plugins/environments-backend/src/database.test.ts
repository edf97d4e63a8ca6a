import knexFactory from 'knex';
import { isTransient, openDatabase } from './database';
import { useTestDatabases } from './testing/database';

describe('the database', () => {
  const databases = useTestDatabases();

  it('is refused in words when it is SQLite', async () => {
    const sqlite = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    await expect(
      openDatabase({ getClient: async () => sqlite }),
    ).rejects.toThrow(
      /in PostgreSQL .* is "better-sqlite3"\. Set backend\.database\.client to pg/,
    );
    await sqlite.destroy();
  });

  it('is left alone where migrations are run by somebody else', async () => {
    const knex = await databases.create();
    await knex.schema.dropTable('outbox');
    await openDatabase({
      getClient: async () => knex,
      migrations: { skip: true },
    });
    expect(await knex.schema.hasTable('outbox')).toBe(false);
  });

  it('takes the first migration back without leaving a table', async () => {
    const knex = await databases.create();
    const directory = `${__dirname}/../migrations`;
    await knex.migrate.rollback({ directory }, true);
    const left = await knex('pg_tables')
      .where({ schemaname: 'public' })
      .whereNot('tablename', 'like', 'knex_%');
    expect(left).toEqual([]);
    await knex.migrate.latest({ directory });
    expect(await knex.schema.hasTable('operations')).toBe(true);
  });

  it('ends a transaction whose process was stopped in its midst', async () => {
    const knex = await databases.create();
    await openDatabase({ getClient: async () => knex });
    const timeouts = await Promise.all(
      [1, 2].map(() =>
        knex.transaction(tx =>
          tx.raw('SHOW idle_in_transaction_session_timeout'),
        ),
      ),
    );
    for (const { rows } of timeouts) {
      expect(rows).toEqual([{ idle_in_transaction_session_timeout: '10s' }]);
    }
  });

  it.each([
    ['a connection that was cut', { code: '57P01' }, true],
    ['a connection that can’t be made', { code: 'ECONNREFUSED' }, true],
    ['a transaction that was left idle', { code: '25P03' }, true],
    ['a deadlock', { code: '40P01' }, true],
    ['a transaction that met another', { code: '40001' }, true],
    ['a connection that broke', { code: '08006' }, true],
    ['a server that crashed', { code: '57P02' }, true],
    ['a server that starts', { code: '57P03' }, true],
    ['a server with no room', { code: '53300' }, true],
    ['a socket that was reset', { code: 'ECONNRESET' }, true],
    ['a socket that was closed', { code: 'EPIPE' }, true],
    ['a socket that went silent', { code: 'ETIMEDOUT' }, true],
    ['a driver that lost it', { message: 'Connection terminated' }, true],
    [
      'a pool that has none left',
      { message: 'Knex: Timeout acquiring a connection.' },
      true,
    ],
    ['a full disk', { code: '53100' }, false],
    ['a code that only begins alike', { code: '57P04' }, false],
    ['a unique index', { code: '23505' }, false],
    ['a mistake in a statement', { code: '42601' }, false],
  ])('calls %s transient or not', (_, fields, transient) => {
    expect(isTransient(Object.assign(new Error('x'), fields))).toBe(transient);
  });
});
