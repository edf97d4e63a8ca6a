// @ts-check

/**
 * What environments cost by the estimate of their blueprint's author. Blueprints could not say so
 * before: of all that there are, nothing is known.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('environments', table => {
    table
      .double('cost_per_day')
      .comment('while it is on; all three null: nobody has estimated it');
    table.double('cost_asleep_per_day').comment('while it is paused');
    table.text('cost_currency').comment('ISO 4217');
  });
  await knex.raw(
    `ALTER TABLE environments ADD CONSTRAINT environments_cost_check CHECK (
       num_nulls(cost_per_day, cost_asleep_per_day, cost_currency) IN (0, 3)
       AND cost_per_day >= 0 AND cost_asleep_per_day >= 0)`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('environments', table => {
    table.dropColumns('cost_per_day', 'cost_asleep_per_day', 'cost_currency');
  });
};
