// @ts-check

/**
 * Environments sleep and wake by a schedule. Those that live already are looked at once, as if
 * made now: what their schedule wanted before nobody had promised.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('environment_schedules', table => {
    table.comment('When each living environment sleeps and wakes next.');
    table
      .uuid('environment_id')
      .primary()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE');
    table
      .jsonb('schedule')
      .comment('as it was resolved last; null: it is on all the time');
    table
      .text('rule')
      .comment('where the schedule is from: blueprint, config.rules[2]');
    table
      .timestamp('looked_at')
      .notNullable()
      .comment('what the schedule wanted up to then is done');
    table
      .timestamp('next_at')
      .comment('when to look next; null: nothing is wanted ever');
    table.text('next_kind').comment('sleep, wake; null: to look at it anew');
    table
      .text('settings_digest')
      .comment('of the configuration that it was resolved by');
    table
      .uuid('asleep_by')
      .comment('the pause by which the schedule let it sleep');
  });
  await knex.raw(
    'CREATE INDEX environment_schedules_due ON environment_schedules (next_at) WHERE next_at IS NOT NULL',
  );
  await knex.raw(
    `INSERT INTO environment_schedules (environment_id, looked_at, next_at)
     SELECT id, now(), now() FROM environments WHERE state <> 'destroyed' AND NOT trial`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('environment_schedules');
};
