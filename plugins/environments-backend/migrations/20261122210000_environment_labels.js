// @ts-check

/**
 * Labels of environments.
 *
 * They are one column, and no table of their own: labels are read with their environment wherever
 * it is read, and changed under its lock, so each list stays one query over one row per
 * environment. One GIN index answers both what is asked of them: that a key is there, and that it
 * has a value. That is why it has the default operators, the ones of `jsonb_path_ops` know no keys.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('environments', table => {
    table
      .jsonb('labels')
      .notNullable()
      // Also for processes of the version before, while both run.
      .defaultTo('{}')
      .comment('value by key');
  });
  await knex.raw(
    'CREATE INDEX environments_labels ON environments USING gin (labels)',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('environments', table => {
    table.dropColumn('labels');
  });
};
