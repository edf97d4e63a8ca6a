// @ts-check

/**
 * Up to when the sweep of leases has looked, over all replicas, and the brakes that were set when
 * a look came with a leap in which too many leases fell due.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('lease_watch', table => {
    table.comment('How far in time leases were swept: one row at most.');
    table.specificType('id', 'smallint').primary();
    table.timestamp('looked_up_to').notNullable();
    table.timestamp('leapt_at').comment('when the last leap ended');
    table
      .integer('let_through')
      .notNullable()
      .comment('leases that fell due in leaps which came close to each other');
  });
  await knex.raw('ALTER TABLE lease_watch ADD CHECK (id = 1)');
  await knex.schema.createTable('lease_brakes', table => {
    table.comment('Leases that fell due in a leap, held for a word.');
    table.uuid('id').primary();
    table
      .integer('revision')
      .notNullable()
      .comment('moves whenever it holds other leases than before');
    table.timestamp('since').notNullable();
    table
      .timestamp('due_after')
      .notNullable()
      .comment('it holds what falls due after then');
    table.timestamp('due_until').notNullable().comment('and not later than');
    table
      .integer('falling')
      .notNullable()
      .comment('leases that it held when it was set');
    table
      .integer('living')
      .notNullable()
      .comment('leases with an end there were then');
    table.text('word').comment('released, postponed, lifted; null: none yet');
    table.text('word_by');
    table.timestamp('word_at');
    table.text('reason');
    table.timestamp('postponed_until');
    table
      .timestamp('done_at')
      .comment('when it held nothing more; null: it does');
    table
      .timestamp('tell_at')
      .comment('operators are told then; null: they were, or need not be');
    table.integer('tell_failures').notNullable();
  });
  await knex.raw(
    'CREATE UNIQUE INDEX lease_brakes_open ON lease_brakes ((true)) WHERE word IS NULL',
  );
  await knex.raw(
    'CREATE INDEX lease_brakes_holding ON lease_brakes (due_until) WHERE done_at IS NULL',
  );
  await knex.raw(
    "CREATE INDEX lease_brakes_released ON lease_brakes (due_until) WHERE word = 'released'",
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('lease_brakes');
  await knex.schema.dropTable('lease_watch');
};
