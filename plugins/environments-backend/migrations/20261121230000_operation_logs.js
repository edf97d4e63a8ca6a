// @ts-check

/**
 * Logs are kept for some time, and trials for a day: both are found by indexes that hold nothing
 * but what is still to be removed.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('operations', table => {
    table
      .timestamp('logs_removed_at')
      .comment('its log was removed since it had been kept long enough');
  });
  await knex.raw(
    'CREATE INDEX operations_logs_kept ON operations (finished_at) WHERE finished_at IS NOT NULL AND logs_removed_at IS NULL',
  );
  await knex.raw(
    'CREATE INDEX environments_trials ON environments (created_at) WHERE trial',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX environments_trials');
  await knex.raw('DROP INDEX operations_logs_kept');
  await knex.schema.alterTable('operations', table => {
    table.dropColumns('logs_removed_at');
  });
};
