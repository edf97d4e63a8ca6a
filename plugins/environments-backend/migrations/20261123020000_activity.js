// @ts-check

/**
 * What is seen of the use of environments, and when to look whether they are idle. Those that live
 * already count as used now.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('environment_activity', table => {
    table.comment('When to look whether a living environment is idle.');
    table
      .uuid('environment_id')
      .primary()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE');
    table
      .jsonb('idle')
      .comment('its rule as it was resolved last; null: it has none');
    table
      .timestamp('since')
      .notNullable()
      .comment('since when it is on as it is');
    table.timestamp('next_at').comment('when to look next; null: never');
    table
      .timestamp('heed_from')
      .comment('use from then on needs a look; null: none does');
    table
      .jsonb('ended')
      .comment('the end of its lease that came of nobody using it');
  });
  await knex.raw(
    'CREATE INDEX environment_activity_due ON environment_activity (next_at) WHERE next_at IS NOT NULL',
  );
  await knex.schema.createTable('activity_signals', table => {
    table.comment('The last that was seen of use, by where it was seen.');
    // Not of the environment itself: whoever notes a use down must not wait for its lock.
    table
      .uuid('environment_id')
      .notNullable()
      .references('environment_id')
      .inTable('environment_activity')
      .onDelete('CASCADE');
    table.text('signal').notNullable();
    table.timestamp('seen_at').notNullable();
    table.jsonb('evidence').notNullable();
    table.primary(['environment_id', 'signal']);
  });
  await knex.schema.createTable('activity_listening', table => {
    table.comment('Since when use has been seen without a gap: one row.');
    table.integer('id').primary();
    table.timestamp('since').notNullable();
    table.timestamp('last_at').notNullable();
  });
  await knex.raw('INSERT INTO activity_listening VALUES (1, now(), now())');
  await knex.raw(
    `INSERT INTO environment_activity (environment_id, since, next_at)
     SELECT id, now(), now() FROM environments WHERE state <> 'destroyed' AND NOT trial`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('activity_listening');
  await knex.schema.dropTable('activity_signals');
  await knex.schema.dropTable('environment_activity');
};
