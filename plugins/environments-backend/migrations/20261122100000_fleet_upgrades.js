// @ts-check

/**
 * Upgrades of many environments of a blueprint at once, and every environment that they are about.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('fleet_upgrades', table => {
    table.comment('Upgrades of many environments at once.');
    table.uuid('id').primary();
    table
      .text('blueprint_name')
      .notNullable()
      .references('name')
      .inTable('blueprints')
      .onDelete('CASCADE');
    table.text('to_version').notNullable();
    table.jsonb('selection').notNullable();
    table.text('sort_order').notNullable();
    table.integer('concurrency').notNullable();
    table.integer('failure_budget').notNullable();
    table
      .integer('failures_forgiven')
      .notNullable()
      .defaultTo(0)
      .comment('before it was resumed last');
    table.jsonb('windows').notNullable();
    table.jsonb('inputs').notNullable().comment('for all environments');
    table.text('state').notNullable();
    table.jsonb('because').comment('why it is paused, stopped or aborted');
    table.text('reason').notNullable();
    table.text('requested_by').notNullable();
    table.timestamp('requested_at').notNullable();
    table.text('idempotency_key');
    table.text('request_digest');
    table
      .jsonb('mandate')
      .notNullable()
      .comment('whose rights it upgrades with, as the policy said');
    table
      .timestamp('look_at')
      .comment('when somebody is to see to it; null: nothing is to be done');
    table.timestamp('finished_at');
    table.unique(['requested_by', 'idempotency_key'], {
      indexName: 'fleet_upgrades_requested_by_idempotency_key_unique',
    });
  });
  await knex.raw(
    'CREATE INDEX fleet_upgrades_due ON fleet_upgrades (look_at) WHERE look_at IS NOT NULL',
  );
  await knex.raw(
    'CREATE INDEX fleet_upgrades_newest ON fleet_upgrades (requested_at DESC, id DESC)',
  );

  await knex.schema.createTable('fleet_environments', table => {
    table.comment(
      'The environments of a fleet upgrade, each with what became of it.',
    );
    table
      .uuid('fleet_upgrade_id')
      .notNullable()
      .references('id')
      .inTable('fleet_upgrades')
      .onDelete('CASCADE');
    table
      .uuid('environment_id')
      .notNullable()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE');
    table.integer('position').notNullable().comment('whose turn comes first');
    table.integer('wave').comment('null: set aside from the start');
    table.text('state').notNullable();
    table.jsonb('inputs').notNullable().comment('for this one alone');
    table.uuid('from_version_id').notNullable();
    table
      .integer('seen_operation')
      .notNullable()
      .comment('number of the newest when it was selected');
    table.integer('attempt').notNullable().comment('how often its turn came');
    table.text('actor').comment('for whom its operations were asked');
    table.uuid('check_operation_id');
    table.uuid('operation_id');
    table.jsonb('problem');
    table.timestamp('ended_at');
    table.primary(['fleet_upgrade_id', 'environment_id']);
    table.unique(['fleet_upgrade_id', 'position']);
  });
  await knex.raw(
    'CREATE INDEX fleet_environments_turns ON fleet_environments (fleet_upgrade_id, state, wave, position)',
  );
  await knex.raw(
    'CREATE INDEX fleet_environments_environment ON fleet_environments (environment_id)',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('fleet_environments');
  await knex.schema.dropTable('fleet_upgrades');
};
