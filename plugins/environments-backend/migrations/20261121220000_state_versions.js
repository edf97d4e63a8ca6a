// @ts-check

/**
 * States that were put back by hand, and how many resources each version holds.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('state_versions', table => {
    table
      .integer('resources')
      .comment('instances that it manages; null: written by the first release');
    table
      .text('restored_by')
      .comment('who put it back; null: an operation wrote it');
    table
      .bigInteger('restored_from')
      .comment('the version it was taken from, which may be removed by now');
    table.text('restore_reason');
    table.setNullable('operation_id');
  });
  await knex.raw(
    'ALTER TABLE state_versions ADD CONSTRAINT state_versions_origin CHECK ((operation_id IS NULL) = (restored_by IS NOT NULL))',
  );
  await knex.raw(
    'CREATE INDEX environments_destroyed ON environments (destroyed_at) WHERE destroyed_at IS NOT NULL',
  );
};

/**
 * What was restored becomes a version of nobody's operation, so that no state is lost.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX environments_destroyed');
  await knex.raw(
    'ALTER TABLE state_versions DROP CONSTRAINT state_versions_origin',
  );
  await knex.raw(
    "UPDATE state_versions SET operation_id = '00000000-0000-0000-0000-000000000000' WHERE operation_id IS NULL",
  );
  await knex.schema.alterTable('state_versions', table => {
    table.dropColumns(
      'resources',
      'restored_by',
      'restored_from',
      'restore_reason',
    );
    table.dropNullable('operation_id');
  });
};
