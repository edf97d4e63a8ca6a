// @ts-check

/**
 * Operations may read outputs of other environments: for whom they read, and what they have read.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('operations', table => {
    table
      .jsonb('reading_mandate')
      .comment('what whoever asked may see; null: it reads no environments');
  });
  await knex.schema.createTable('operation_reads', table => {
    table.comment('What each operation has read of other environments.');
    table
      .uuid('operation_id')
      .notNullable()
      .references('id')
      .inTable('operations')
      .onDelete('CASCADE');
    table
      .uuid('environment_id')
      .notNullable()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE')
      .index();
    table.text('name').notNullable().comment('of the environment, then');
    table
      .jsonb('outputs')
      .notNullable()
      .comment('values by the names of outputs, none of them sensitive');
    table.primary(['operation_id', 'environment_id']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('operation_reads');
  await knex.schema.alterTable('operations', table => {
    table.dropColumn('reading_mandate');
  });
};
