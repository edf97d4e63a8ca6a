// @ts-check

/**
 * Environments are asked for whether somebody uses them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('activity_probes', table => {
    table.comment('What probes of environments that are on have said.');
    table
      .uuid('environment_id')
      .notNullable()
      .references('environment_id')
      .inTable('environment_activity')
      .onDelete('CASCADE');
    table.text('name').notNullable();
    table.integer('every_seconds').notNullable();
    table
      .boolean('moot')
      .notNullable()
      .defaultTo(false)
      .comment('it draws on a component that the environment does without');
    table
      .timestamp('next_at')
      .notNullable()
      .comment('when to ask next; who asks sets it to when others may');
    table.timestamp('answered_at');
    table.text('value').comment('its last answer, for people');
    table
      .timestamp('quiet_since')
      .comment('since when all answers are that nobody uses it');
    table.text('problem').comment('why there is no answer now');
    table.timestamp('failing_since');
    table.timestamp('told_at').comment('when the owner was told of that');
    table.primary(['environment_id', 'name']);
    table.index('next_at');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('activity_probes');
};
