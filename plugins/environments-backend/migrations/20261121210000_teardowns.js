// @ts-check

/**
 * Teardowns that failed, what they left, and the proof that the catalog has let go. Leases keep
 * what is theirs: when an environment expires.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('teardowns', table => {
    table.comment('Environments that should be gone and are not.');
    table
      .uuid('environment_id')
      .primary()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE');
    table.timestamp('since').notNullable().comment('the first failure');
    table.integer('failures').notNullable().comment('in a row');
    table
      .timestamp('next_attempt_at')
      .notNullable()
      .comment('stays while an operation is under way');
    table.jsonb('last_problem').notNullable();
    table
      .uuid('operation_id')
      .comment('the last that tried; null: none could be submitted');
    table
      .timestamp('escalated_at')
      .comment('from then on owner and operators are to know');
    table.timestamp('told_at').comment('when they were told');
    table.timestamp('tell_at').comment('when they are told, or told again');
    table.integer('tell_failures').notNullable().defaultTo(0);
  });
  await knex.raw('CREATE INDEX teardowns_due ON teardowns (next_attempt_at)');
  await knex.raw(
    'CREATE INDEX teardowns_longest ON teardowns (since, environment_id)',
  );
  await knex.raw(
    'CREATE INDEX teardowns_untold ON teardowns (tell_at) WHERE escalated_at IS NOT NULL AND told_at IS NULL',
  );

  await knex.schema.createTable('orphans', table => {
    table.comment('What teardowns could not remove; never removed from here.');
    table.uuid('id').primary();
    table
      .uuid('environment_id')
      .notNullable()
      .references('id')
      .inTable('environments')
      .onDelete('RESTRICT');
    table.text('component').notNullable();
    table.text('driver').notNullable();
    table.text('address').notNullable();
    table.text('type').notNullable();
    table.text('external_id');
    table
      .uuid('blueprint_version_id')
      .references('id')
      .inTable('blueprint_versions')
      .onDelete('RESTRICT')
      .comment('by which it was made: its sources are needed to remove it');
    table.text('state').notNullable().comment('open, gone, forgotten');
    table.timestamp('since').notNullable();
    table.integer('attempts').notNullable();
    table.jsonb('last_problem').notNullable();
    table.uuid('operation_id');
    table.timestamp('ended_at');
    table.text('forgotten_by');
    table.text('forgotten_reason');
  });
  await knex.raw(
    "CREATE UNIQUE INDEX orphans_one_each ON orphans (environment_id, component, address, COALESCE(external_id, ''))",
  );
  await knex.raw('CREATE INDEX orphans_longest ON orphans (state, since, id)');

  await knex.schema.createTable('catalog_proofs', table => {
    table.comment('Whether the catalog has let go of what is destroyed.');
    table
      .uuid('environment_id')
      .primary()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE');
    table.timestamp('since').notNullable().comment('when it was destroyed');
    table.timestamp('look_at').notNullable().comment('when it is looked next');
    table.integer('looks').notNullable().defaultTo(0).comment('in vain');
    table
      .timestamp('told_at')
      .comment('when the catalog was last told again that it is destroyed');
    table.timestamp('warned_at').comment('when the operators were warned');
    table.timestamp('gone_at').comment('when it was seen to be gone');
  });
  await knex.raw(
    'CREATE INDEX catalog_proofs_due ON catalog_proofs (look_at) WHERE gone_at IS NULL',
  );
  await knex.raw(
    'CREATE INDEX catalog_proofs_longest ON catalog_proofs (since, environment_id) WHERE gone_at IS NULL AND warned_at IS NOT NULL',
  );
  await knex.raw(`
    INSERT INTO catalog_proofs (environment_id, since, look_at)
    SELECT id, destroyed_at, destroyed_at FROM environments
    WHERE destroyed_at IS NOT NULL AND NOT trial
  `);

  await moveRetries(knex);
};

/**
 * What the first release knew of teardowns that failed stood with the leases.
 *
 * @param {import('knex').Knex} knex
 */
async function moveRetries(knex) {
  await knex.raw(`
    INSERT INTO teardowns (environment_id, since, failures, next_attempt_at, last_problem, operation_id)
    SELECT
      l.environment_id,
      COALESCE(
        (SELECT min(r.at) FROM lease_entries r
         WHERE r.environment_id = l.environment_id AND r.kind = 'retry'),
        l.retry_at
      ),
      l.failed_teardowns,
      l.retry_at,
      COALESCE(o.problem, '{"code": "teardown.failed", "message": "The teardown failed, and the first release did not keep why."}'),
      o.id
    FROM leases l
    LEFT JOIN LATERAL (
      SELECT id, problem FROM operations
      WHERE environment_id = l.environment_id AND kind = 'destroy' AND state = 'failed'
      ORDER BY number DESC LIMIT 1
    ) o ON true
    WHERE l.ended_at IS NULL AND l.retry_at IS NOT NULL
  `);
  await knex.raw('DROP INDEX leases_due');
  await knex.schema.alterTable('leases', table => {
    table.dropColumns('retry_at', 'failed_teardowns');
  });
  await knex.raw(
    'CREATE INDEX leases_due ON leases (expires_at) WHERE ended_at IS NULL',
  );
}

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX leases_due');
  await knex.schema.alterTable('leases', table => {
    table
      .timestamp('retry_at')
      .comment('when a teardown that failed is tried again');
    table.integer('failed_teardowns').notNullable().defaultTo(0);
  });
  await knex.raw(`
    UPDATE leases l SET retry_at = t.next_attempt_at, failed_teardowns = t.failures
    FROM teardowns t WHERE t.environment_id = l.environment_id
  `);
  await knex.raw(
    'CREATE INDEX leases_due ON leases (COALESCE(retry_at, expires_at)) WHERE ended_at IS NULL',
  );
  await knex.schema.dropTable('catalog_proofs');
  await knex.schema.dropTable('orphans');
  await knex.schema.dropTable('teardowns');
};
