import { createDatabase, ThrowAwayDatabase } from '../processes/database';
import { LoadRecord } from './load';
import {
  findDoubled,
  findLocked,
  findLost,
  findOrphans,
  unfinished,
} from './verify';

const id = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`;
const record = (...digits: number[]): LoadRecord => ({
  accepted: digits.map(digit => ({
    operationId: id(digit),
    environmentId: id(9),
  })),
  askedAgain: 0,
  refused: 0,
});

let database: ThrowAwayDatabase;

/** The columns that are looked at; what the tables are like in whole is the backend's. */
beforeEach(async () => {
  const connection = new URL(
    process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING!,
  );
  Object.assign(process.env, {
    POSTGRES_HOST: connection.hostname,
    POSTGRES_PORT: connection.port,
    POSTGRES_USER: decodeURIComponent(connection.username),
    POSTGRES_PASSWORD: decodeURIComponent(connection.password),
  });
  database = await createDatabase('verify');
  await database.query('CREATE SCHEMA environments');
  await database.query(
    'CREATE TABLE environments.operations (id uuid, kind text, state text, requested_by text, claim_until timestamptz)',
  );
  await database.query(
    'CREATE TABLE environments.states (id uuid, lock jsonb)',
  );
  await database.query(
    'CREATE TABLE environments.state_tokens (operation_id uuid)',
  );
  await database.query(
    'CREATE TABLE environments.environments (id uuid, state text, destroyed_at timestamptz)',
  );
  await database.query(
    'CREATE TABLE environments.orphans (environment_id uuid, state text)',
  );
});

afterEach(() => database.drop());

const operation = (digit: number, state: string, by = 'service:bench') =>
  database.query(
    'INSERT INTO environments.operations VALUES ($1, $2, $3, $4)',
    [id(digit), 'update', state, by],
  );

it('finds what was accepted and is not on record, or has no end', async () => {
  await operation(1, 'succeeded');
  await operation(2, 'running');
  expect(await unfinished(database)).toBe(1);
  const found = await findLost(database, record(1, 2, 3));
  expect(found.map(({ what }) => what).sort()).toEqual([
    `operation ${id(2)} is running`,
    `operation ${id(3)} is not on record`,
  ]);
  expect(await findLost(database, record(1))).toEqual([]);
});

it('finds what nobody has asked for, and leaves what Greenroom itself does', async () => {
  await operation(1, 'succeeded');
  await operation(2, 'succeeded');
  await operation(3, 'succeeded', 'system:teardown');
  expect(await findDoubled(database, record(1))).toEqual([
    {
      promise: 'doubled',
      what: `operation ${id(2)} (update) was asked for by nobody`,
    },
  ]);
});

it('finds each kind of lock that was left behind', async () => {
  expect(await findLocked(database)).toEqual([]);
  await operation(1, 'succeeded');
  await database.query(
    'UPDATE environments.operations SET claim_until = now()',
  );
  await database.query(
    `INSERT INTO environments.states VALUES ('${id(2)}', '{"ID": "x"}'), ('${id(3)}', NULL)`,
  );
  await database.query(
    `INSERT INTO environments.state_tokens VALUES ('${id(4)}')`,
  );
  await database.query(
    `INSERT INTO environments.environments VALUES ('${id(5)}', 'updating'), ('${id(6)}', 'running')`,
  );
  const found = await findLocked(database);
  expect(found.map(({ what }) => what)).toEqual([
    `states locked: ${id(2)}`,
    `claims held: ${id(1)}`,
    `passwords of states: ${id(4)}`,
    `environments between two states: ${id(5)}`,
  ]);
});

it('finds what exists without an environment, a teardown or an entry in the ledger', async () => {
  await database.query(
    `INSERT INTO environments.environments VALUES ('${id(1)}', 'running', NULL), ('${id(2)}', 'destroyed', now()), ('${id(3)}', 'destroyed', now()), ('${id(4)}', 'destroyed', now())`,
  );
  await database.query(
    `INSERT INTO environments.orphans VALUES ('${id(3)}', 'open'), ('${id(4)}', 'gone')`,
  );
  const items = [1, 2, 3, 4, 5].map(digit => ({
    environmentId: id(digit),
    component: 'app',
    name: 'thing',
  }));
  const found = await findOrphans(database, items);
  expect(found.map(({ what }) => what.slice(-1))).toEqual(['2', '4', '5']);
});
