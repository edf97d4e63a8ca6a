// @ts-check

/**
 * Whoever needs a lease beyond its limits asks, and somebody who may go beyond them answers.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('lease_more_time', table => {
    table.comment('Requests for leases beyond their limits, and the answers.');
    table.uuid('id').primary();
    table
      .uuid('environment_id')
      .notNullable()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE');
    table.text('asked_by').notNullable();
    table.timestamp('asked_at').notNullable();
    table.timestamp('wanted_end').notNullable();
    table.text('reason').notNullable();
    table
      .jsonb('limit_in_the_way')
      .notNullable()
      .comment('code and message, as an extension was refused by it');
    table
      .text('state')
      .notNullable()
      .comment('waiting, approved, declined, withdrawn, lapsed');
    table.text('answered_by');
    table.timestamp('answered_at');
    table.text('answer').comment('in words');
    table
      .timestamp('tell_at')
      .comment('when somebody is told of its state; null: everybody was');
    table
      .integer('tell_failures')
      .notNullable()
      .defaultTo(0)
      .comment('attempts to tell it that failed');
    table.index(['environment_id', 'asked_at']);
  });
  await knex.raw(
    "CREATE UNIQUE INDEX lease_more_time_one_waiting ON lease_more_time (environment_id) WHERE state = 'waiting'",
  );
  await knex.raw(
    "CREATE INDEX lease_more_time_waiting ON lease_more_time (asked_at, id) WHERE state = 'waiting'",
  );
  await knex.raw(
    'CREATE INDEX lease_more_time_untold ON lease_more_time (tell_at) WHERE tell_at IS NOT NULL',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('lease_more_time');
};
