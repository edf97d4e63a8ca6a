// @ts-check

/**
 * What the dry run of a destroy said of the next teardown, so that what would fail comes to light
 * while somebody still cares.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('teardown_checks', table => {
    table.comment('Whether the next teardown of an environment would fail.');
    table
      .uuid('environment_id')
      .primary()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE');
    table
      .timestamp('checked_at')
      .comment('the last that came to an answer; null: none did');
    table.uuid('operation_id').comment('the dry run that said so');
    table
      .integer('operation_number')
      .comment('its number in the environment, for links');
    table
      .integer('removes')
      .notNullable()
      .defaultTo(0)
      .comment('resources that would go');
    table
      .jsonb('problems')
      .notNullable()
      .defaultTo('[]')
      .comment('what would fail; none: it would get through');
    table
      .jsonb('cautions')
      .notNullable()
      .defaultTo('[]')
      .comment('what would not fail, and is to be thought of');
    table
      .timestamp('failing_since')
      .comment('the first answer of that kind in a row; null: it is fine');
    table
      .timestamp('again_at')
      .comment('when to check again, whatever the lease says');
    table.timestamp('told_at').comment('when people were told that it fails');
    table.timestamp('tell_at').comment('when they are told, or told again');
    table.integer('tell_failures').notNullable().defaultTo(0);
  });
  await knex.raw(
    'CREATE INDEX teardown_checks_again ON teardown_checks (again_at) WHERE again_at IS NOT NULL',
  );
  await knex.raw(
    'CREATE INDEX teardown_checks_failing ON teardown_checks (failing_since, environment_id) WHERE failing_since IS NOT NULL',
  );
  await knex.raw(
    'CREATE INDEX teardown_checks_untold ON teardown_checks (tell_at) WHERE failing_since IS NOT NULL AND told_at IS NULL',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('teardown_checks');
};
