// @ts-check

/**
 * Sources are fetched from Git and registries: what was fetched from where, what each version
 * took, and apart from that what the drivers added to it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('source_packages', table => {
    table.comment('What was fetched last from each address.');
    table.text('address').primary();
    table
      .string('snapshot_digest', 64)
      .notNullable()
      .references('digest')
      .inTable('snapshots')
      .index();
    table.text('resolved').notNullable().comment('a commit, or a version');
    table
      .timestamp('asked_at')
      .notNullable()
      .comment('when the host last said that this is it');
  });
  await knex.schema.alterTable('blueprint_versions', table => {
    table
      .string('authored_digest', 64)
      .references('digest')
      .inTable('snapshots')
      .comment('the files of the document, before the drivers added theirs');
    table
      .jsonb('resolved')
      .notNullable()
      .defaultTo('{}')
      .comment('by component, the commit or version that its source was');
  });
  await knex('blueprint_versions').update({
    authored_digest: knex.ref('snapshot_digest'),
  });
  await knex.schema.alterTable('blueprint_versions', table => {
    table.dropNullable('authored_digest');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('blueprint_versions', table => {
    table.dropColumns('authored_digest', 'resolved');
  });
  await knex.schema.dropTable('source_packages');
};
