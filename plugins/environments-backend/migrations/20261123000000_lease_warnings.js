// @ts-check

/**
 * Warnings before the end of a lease are due work. What has been due for a while when this comes
 * is given once, the nearest to the end.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('leases', table => {
    table
      .timestamp('warned_up_to')
      .comment('warnings up to then are none, or were given');
    table
      .timestamp('next_warning_at')
      .comment('when the next warning falls due; null: none does');
  });
  await knex.raw(`
    UPDATE leases l SET warned_up_to = COALESCE((
      SELECT CASE WHEN x.kind = 'shorten' THEN l.granted_at ELSE x.at END
      FROM lease_entries x
      WHERE x.environment_id = l.environment_id AND x.kind IN ('extend', 'shorten')
      ORDER BY x.id DESC LIMIT 1
    ), l.granted_at)
  `);
  await knex.raw(`
    UPDATE leases l SET next_warning_at = (
      SELECT min(l.due_at - before * interval '1 second')
      FROM unnest(l.warn_before_seconds) AS before
      WHERE l.due_at - before * interval '1 second' > l.warned_up_to
    ) WHERE due_at IS NOT NULL
  `);
  await knex.schema.alterTable('leases', table => {
    table.dropNullable('warned_up_to');
  });
  await knex.raw(
    'CREATE INDEX leases_warning ON leases (next_warning_at) WHERE next_warning_at IS NOT NULL',
  );
  await knex.schema.createTable('lease_warnings', table => {
    table.comment('Warnings that fell due and that nobody was told yet.');
    table
      .uuid('environment_id')
      .notNullable()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE');
    table
      .integer('revision')
      .notNullable()
      .comment(
        'of the lease when it fell due: which entry of its ledger it is',
      );
    table.integer('before_seconds').notNullable();
    table.timestamp('ends_at').notNullable().comment('the end it warns of');
    table.timestamp('tell_at').notNullable().comment('not before then');
    table
      .integer('tell_failures')
      .notNullable()
      .defaultTo(0)
      .comment('attempts to tell it that failed');
    table.primary(['environment_id', 'revision']);
    table.index('tell_at');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('lease_warnings');
  await knex.raw('DROP INDEX leases_warning');
  await knex.schema.alterTable('leases', table => {
    table.dropColumns('warned_up_to', 'next_warning_at');
  });
};
