import { Knex } from 'knex';

/**
 * Makes the database refuse whatever is added to the ledger of one lease.
 *
 * @returns lets it be added again
 */
export async function refuseEntriesOf(
  knex: Knex,
  environmentId: string,
): Promise<() => Promise<void>> {
  await knex.raw(
    `CREATE FUNCTION refuse_entries() RETURNS trigger AS $$
     BEGIN
       IF NEW.environment_id = '${environmentId}' THEN
         RAISE EXCEPTION 'This ledger takes nothing';
       END IF;
       RETURN NEW;
     END $$ LANGUAGE plpgsql`,
  );
  await knex.raw(
    'CREATE TRIGGER refuse_entries BEFORE INSERT ON lease_entries FOR EACH ROW EXECUTE FUNCTION refuse_entries()',
  );
  return async () => {
    await knex.raw('DROP TRIGGER refuse_entries ON lease_entries');
  };
}
