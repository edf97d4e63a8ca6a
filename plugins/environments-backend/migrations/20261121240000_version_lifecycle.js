// @ts-check

/**
 * A version may be a draft, and one that is published may be deprecated or retired, with a word to
 * its users. Which one is recommended may be somebody's choice.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('blueprint_versions', table => {
    table
      .boolean('draft')
      .notNullable()
      .defaultTo(false)
      .comment('once checked it is a draft, which nobody can use yet');
    table.text('notice').comment('why it is deprecated or retired');
    table.text('replacement').comment('the version to use in its place');
  });
  await knex.schema.alterTable('blueprints', table => {
    table
      .boolean('recommended_on_purpose')
      .notNullable()
      .defaultTo(false)
      .comment('somebody chose it; otherwise the highest published one');
  });
};

/**
 * What the tables knew before: whatever was published once is published, and a draft never was.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex('blueprint_versions')
    .where('draft', true)
    .whereIn('status', ['validating', 'rejected', 'draft'])
    .delete();
  await knex('blueprint_versions')
    .whereIn('status', ['deprecated', 'retired'])
    .update({ status: 'published' });
  await knex.schema.alterTable('blueprints', table => {
    table.dropColumns('recommended_on_purpose');
  });
  await knex.schema.alterTable('blueprint_versions', table => {
    table.dropColumns('draft', 'notice', 'replacement');
  });
};
