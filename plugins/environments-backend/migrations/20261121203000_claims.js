// @ts-check

/**
 * What the choice of the next operation looks at: whose turn it is, and whether it is carried in
 * vain again and again.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('operations', table => {
    table
      .timestamp('claimed_at')
      .comment('database time; when it was last claimed');
    table
      .integer('claims_lost')
      .notNullable()
      .defaultTo(0)
      .comment(
        'claims in a row that ran out without another step having ended',
      );
    table
      .integer('claim_steps')
      .notNullable()
      .defaultTo(0)
      .comment('the most steps that had ended when it was claimed');
  });
  await knex.raw(
    "CREATE INDEX operations_next ON operations (owner_ref, requested_at, id) WHERE state IN ('queued', 'running')",
  );
  await knex.raw(
    'CREATE INDEX operations_turns ON operations (owner_ref, claimed_at) WHERE claimed_at IS NOT NULL',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX operations_turns');
  await knex.raw('DROP INDEX operations_next');
  await knex.schema.alterTable('operations', table => {
    table.dropColumns('claimed_at', 'claims_lost', 'claim_steps');
  });
};
