import { Knex } from 'knex';
import { captureSelects } from '../testing/captureSelects';
import { useTestDatabases } from '../testing/database';
import { startTestEngine, TestEngine } from '../testing/engine';
import { LeaseStore } from './store';
import { WarningStore } from './warnings/store';

/** As many as make an index worth while. */
const MANY = 5000;

describe('leases in the database', () => {
  let engine: TestEngine;
  let knex: Knex;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => engine.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    knex = await databases.create();
    engine = await startTestEngine(knex);
    await engine.create();
    await copyLeases(knex);
  });

  it('keep their entries: they are neither changed nor removed', async () => {
    const entries = knex('lease_entries');
    await expect(entries.clone().update({ reason: 'x' })).rejects.toThrow(
      'never changed',
    );
    await expect(entries.clone().delete()).rejects.toThrow(
      'only with their environment',
    );
  });

  it('take their entries along when their environment goes', async () => {
    const { environment } = await engine.create();
    const { id } = environment;
    await knex('environments').where({ id }).delete();
    expect(await knex('lease_entries').where({ environment_id: id })).toEqual(
      [],
    );
  });

  it.each<[string, string, (tx: Knex.Transaction, now: Date) => unknown]>([
    [
      'they are',
      'leases_due',
      (tx, upTo) => new LeaseStore().dueInTurns(tx, { upTo, limit: 50 }),
    ],
    [
      'a warning of them is',
      'leases_warning',
      (tx, now) => new WarningStore().lockDue(tx, now, { limit: 50 }),
    ],
  ])(
    'are found by an index when %s due, however many are not',
    async (_what, index, find) => {
      const [statement] = await captureSelects(knex, () =>
        knex.transaction(async tx => {
          await find(tx, engine.clock.now());
        }),
      );
      const plan = await knex.raw(
        `EXPLAIN ${statement.sql}`,
        statement.bindings,
      );
      const text = plan.rows
        .map((row: Record<string, string>) => row['QUERY PLAN'])
        .join('\n');
      expect(text).toContain(`Index Scan using ${index}`);
      expect(text).not.toContain('Seq Scan on leases');
      expect(text).not.toContain('Seq Scan on environments');
    },
  );
});

/** Many more environments, half of them destroyed, none of them due. */
async function copyLeases(knex: Knex): Promise<void> {
  const { id } = await knex('environments').first('id');
  await knex.raw(
    `WITH copies AS (
       SELECT gen_random_uuid() AS id, number FROM generate_series(1, ?::int) AS number
     ), environments AS (
       INSERT INTO environments
       SELECT (jsonb_populate_record(e, jsonb_build_object(
         'id', c.id, 'name', e.name || '-' || c.number))).*
       FROM environments e, copies c WHERE e.id = ?
     )
     INSERT INTO leases
     SELECT (jsonb_populate_record(l, jsonb_build_object(
       'environment_id', c.id,
       'due_at', CASE WHEN number % 2 = 0 THEN l.due_at + number * interval '1 second' END))).*
     FROM leases l, copies c WHERE l.environment_id = ?`,
    [MANY, id, id],
  );
  await knex.raw('ANALYZE leases, environments, operations');
}
