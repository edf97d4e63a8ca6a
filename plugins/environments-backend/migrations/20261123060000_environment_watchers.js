// @ts-check

/**
 * People who hear of an environment what its owner hears.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('environment_watchers', table => {
    table.comment('Who is told of an environment, beside owner and creator.');
    table
      .uuid('environment_id')
      .notNullable()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE');
    table.text('watcher').notNullable().comment('entity ref of a person');
    table.timestamp('since').notNullable();
    table
      .jsonb('mandate')
      .notNullable()
      .comment(
        'what the policy said of what they may see, and the groups they were in, when they last asked to watch it',
      );
    table.primary(['environment_id', 'watcher']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('environment_watchers');
};
