import { TestEngine } from '../../testing/engine';

/** Many living environments like one that runs, without running all their creations. */
export async function copyEnvironment(
  { knex }: TestEngine,
  id: string,
  count: number,
): Promise<void> {
  const copies = Array.from({ length: count }, (_, number) => ({
    from: id,
    number,
  }));
  await knex.raw(
    `WITH copies AS (
       SELECT gen_random_uuid() AS id, number
       FROM jsonb_to_recordset(?) AS c(number int)
     ), environments AS (
       INSERT INTO environments (id, name, owner_ref, created_by, type, blueprint_version_id, state, inputs, outputs, created_at, updated_at)
       SELECT c.id, e.name || '-' || c.number, owner_ref, created_by, type, blueprint_version_id, state, inputs, outputs, created_at, updated_at
       FROM environments e, copies c WHERE e.id = ?
     ), leases AS (
       INSERT INTO leases
       SELECT (jsonb_populate_record(l, jsonb_build_object('environment_id', c.id))).*
       FROM leases l, copies c WHERE l.environment_id = ?
     )
     INSERT INTO environment_components (environment_id, component, position, driver, uses, state, apply_begun, outputs, resources)
     SELECT c.id, component, position, driver, uses, state, apply_begun, outputs, resources
     FROM environment_components, copies c WHERE environment_id = ?`,
    [JSON.stringify(copies), id, id, id],
  );
}
