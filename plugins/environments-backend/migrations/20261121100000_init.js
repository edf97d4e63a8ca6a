// @ts-check

/**
 * A reference to what a row is part of, and goes with.
 *
 * @param {import('knex').Knex.CreateTableBuilder} table
 * @param {string} column
 * @param {string} whole
 */
function partOf(table, column, whole) {
  return table
    .uuid(column)
    .notNullable()
    .references('id')
    .inTable(whole)
    .onDelete('CASCADE');
}

/**
 * The first tables. Times are timestamptz in UTC. The operation is the truth about what was asked
 * and done; the queue's own schema holds only doorbells.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('blobs', table => {
    table.comment('File contents by digest, shared by all snapshots.');
    table
      .string('digest', 64)
      .primary()
      .comment('SHA-256 of the content, in hex');
    table.integer('size').notNullable().comment('bytes');
    table.binary('content').notNullable();
  });

  await knex.schema.createTable('snapshots', table => {
    table.comment('A tree of files, addressed by its content.');
    table
      .string('digest', 64)
      .primary()
      .comment('SHA-256 over the sorted list of paths and blob digests');
    table.integer('size').notNullable().comment('bytes of all files');
    table.integer('file_count').notNullable();
    table.timestamp('created_at').notNullable();
  });

  await knex.schema.createTable('snapshot_files', table => {
    table
      .string('snapshot_digest', 64)
      .notNullable()
      .references('digest')
      .inTable('snapshots')
      .onDelete('CASCADE');
    table.text('path').notNullable().comment('relative, with forward slashes');
    table
      .string('blob_digest', 64)
      .notNullable()
      .references('digest')
      .inTable('blobs')
      .index();
    table.primary(['snapshot_digest', 'path']);
  });

  await knex.schema.createTable('blueprints', table => {
    table.text('name').primary();
    table.text('entity_ref').notNullable();
    table.text('title').notNullable();
    table.text('description').notNullable();
    table.text('owner_ref').notNullable();
    table.text('type').notNullable();
    table.jsonb('tags').notNullable();
    table
      .text('recommended_version')
      .comment('the highest published one; null before the first');
    table.timestamp('created_at').notNullable();
    table.timestamp('updated_at').notNullable();
  });

  await knex.schema.createTable('blueprint_versions', table => {
    table.uuid('id').primary();
    table
      .text('blueprint_name')
      .notNullable()
      .references('name')
      .inTable('blueprints');
    table.text('version').notNullable().comment('semver');
    table
      .text('status')
      .notNullable()
      .comment('validating, published or rejected');
    table.jsonb('document').notNullable().comment('the parsed blueprint');
    table
      .string('document_digest', 64)
      .notNullable()
      .comment('over document and snapshot: what must not change');
    table
      .string('snapshot_digest', 64)
      .notNullable()
      .references('digest')
      .inTable('snapshots');
    table.jsonb('problems').notNullable();
    table.text('published_by').notNullable();
    table.timestamp('created_at').notNullable();
    table.timestamp('published_at');
    table.unique(['blueprint_name', 'version']);
  });

  await knex.schema.createTable('blueprint_sources', table => {
    table.comment(
      'Blueprint documents that the catalog holds, with the outcome of their last reading.',
    );
    table.text('entity_ref').primary();
    table.text('location').notNullable();
    table.text('blueprint_name').notNullable().index();
    table.text('version').notNullable();
    table
      .string('entity_etag')
      .notNullable()
      .comment('unchanged: nothing to read again');
    table.jsonb('problems').notNullable();
    table.timestamp('checked_at').notNullable();
  });

  await knex.schema.createTable('environments', table => {
    table.uuid('id').primary();
    table.text('name').notNullable();
    table.text('owner_ref').notNullable().index();
    table.text('created_by').notNullable().index();
    table.text('type').notNullable();
    table
      .uuid('blueprint_version_id')
      .notNullable()
      .references('id')
      .inTable('blueprint_versions')
      .index();
    table
      .text('state')
      .notNullable()
      .comment(
        'provisioning, running, updating, failed, destroying, destroyed',
      );
    table.jsonb('inputs').notNullable();
    table.jsonb('outputs').notNullable();
    table.timestamp('created_at').notNullable();
    table.timestamp('updated_at').notNullable();
    table.timestamp('destroyed_at');
  });
  await knex.raw(
    'CREATE UNIQUE INDEX environments_living_name ON environments (name) WHERE destroyed_at IS NULL',
  );
  await knex.raw(
    'CREATE INDEX environments_living_state ON environments (state) WHERE destroyed_at IS NULL',
  );

  await knex.schema.createTable('environment_components', table => {
    partOf(table, 'environment_id', 'environments');
    table.text('component').notNullable();
    table.integer('position').notNullable().comment('order of the graph');
    table.text('driver').notNullable();
    table
      .jsonb('uses')
      .notNullable()
      .comment('[{component, outputs}]: whose outputs it takes');
    table
      .text('state')
      .notNullable()
      .comment('waiting, working, ready, failed, gone');
    table
      .boolean('apply_begun')
      .notNullable()
      .defaultTo(false)
      .comment('false: nothing of it can exist anywhere');
    table
      .jsonb('outputs')
      .notNullable()
      .comment(
        'by name: {value, sensitive: false} or {sealed, sensitive: true}',
      );
    table
      .jsonb('resources')
      .notNullable()
      .comment('[{address, type, externalId}]');
    table.primary(['environment_id', 'component']);
  });

  await knex.schema.createTable('leases', table => {
    table.comment('The current expiry: a projection of lease_entries.');
    table
      .uuid('environment_id')
      .primary()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE');
    table.timestamp('granted_at').notNullable();
    table.timestamp('expires_at').comment('null: never');
    table.timestamp('max_expires_at');
    table.timestamp('last_warning_at');
    table.text('on_expiry').notNullable();
    table.text('reason').notNullable();
    table
      .timestamp('ended_at')
      .comment('set when the environment is destroyed');
    table
      .timestamp('retry_at')
      .comment('when a teardown that failed is tried again');
    table.integer('failed_teardowns').notNullable().defaultTo(0);
  });
  await knex.raw(
    'CREATE INDEX leases_due ON leases (COALESCE(retry_at, expires_at)) WHERE ended_at IS NULL',
  );

  await knex.schema.createTable('lease_entries', table => {
    table.comment('The ledger: never changed, never removed.');
    table.bigIncrements('id');
    partOf(table, 'environment_id', 'environments').index();
    table.text('kind').notNullable().comment('grant, expiry, retry, end');
    table.timestamp('at').notNullable();
    table.text('actor').notNullable();
    table.text('reason').notNullable();
    table.text('rule').notNullable();
    table.timestamp('expires_before');
    table.timestamp('expires_after');
  });

  await knex.schema.createTable('operations', table => {
    table.uuid('id').primary();
    partOf(table, 'environment_id', 'environments');
    table.integer('number').notNullable();
    table.text('kind').notNullable();
    table
      .text('state')
      .notNullable()
      .comment('queued, running, succeeded, failed');
    table
      .uuid('blueprint_version_id')
      .notNullable()
      .references('id')
      .inTable('blueprint_versions');
    table.jsonb('inputs').notNullable();
    table.text('requested_by').notNullable();
    table.timestamp('requested_at').notNullable();
    table.text('idempotency_key');
    table
      .string('request_digest', 64)
      .comment('what was asked under the idempotency key, SHA-256 in hex');
    table.jsonb('cause').notNullable();
    table.timestamp('started_at');
    table.timestamp('finished_at');
    table.jsonb('problem');
    table.text('claim_worker').comment('who works on it');
    table
      .bigInteger('claim_fence')
      .notNullable()
      .defaultTo(0)
      .comment('grows with each claim; every write carries it');
    table
      .timestamp('claim_until')
      .comment('database time; null or past: any worker may take it');
    table.unique(['environment_id', 'number']);
    table.unique(['requested_by', 'idempotency_key']);
  });
  await knex.raw(
    "CREATE UNIQUE INDEX operations_one_active ON operations (environment_id) WHERE state IN ('queued', 'running')",
  );
  await knex.raw(
    "CREATE INDEX operations_unfinished ON operations (claim_until) WHERE state IN ('queued', 'running')",
  );

  await knex.schema.createTable('operation_steps', table => {
    table.uuid('id').primary();
    partOf(table, 'operation_id', 'operations').index();
    table.integer('position').notNullable();
    table.text('component').notNullable();
    table.text('action').notNullable();
    table.text('state').notNullable();
    table.integer('attempt').notNullable().defaultTo(0);
    table
      .jsonb('after')
      .notNullable()
      .comment('ids of steps that must succeed first');
    table.jsonb('plan').comment('{summary, changes, hash}');
    table.jsonb('problem');
    table.timestamp('started_at');
    table.timestamp('finished_at');
    table.unique(['operation_id', 'position']);
  });

  await knex.schema.createTable('operation_logs', table => {
    table.bigIncrements('id');
    partOf(table, 'operation_id', 'operations');
    table.uuid('step_id').notNullable();
    table.timestamp('at').notNullable();
    table.text('stream').notNullable();
    table.text('level').notNullable();
    table.text('text').notNullable();
    table.index(['operation_id', 'id']);
  });

  await knex.schema.createTable('states', table => {
    table.comment(
      'One per component of an environment, served over the http state protocol.',
    );
    table.uuid('id').primary();
    partOf(table, 'environment_id', 'environments');
    table.text('component').notNullable();
    table.jsonb('lock').comment("the tool's own lock info; null: free");
    table.uuid('lock_operation_id');
    table
      .bigInteger('lock_fence')
      .comment('the claim under which the lock was taken');
    table.unique(['environment_id', 'component']);
  });

  await knex.schema.createTable('state_versions', table => {
    table.bigIncrements('id');
    partOf(table, 'state_id', 'states');
    table.bigInteger('serial').notNullable();
    table.text('lineage').notNullable();
    table.binary('content').notNullable().comment('encrypted');
    table.integer('size').notNullable().comment('bytes before encryption');
    table.uuid('operation_id').notNullable();
    table.timestamp('created_at').notNullable();
    table.index(['state_id', 'id']);
  });

  await knex.schema.createTable('state_tokens', table => {
    table
      .string('token_hash', 64)
      .primary()
      .comment('SHA-256 of the password, in hex');
    partOf(table, 'state_id', 'states');
    partOf(table, 'operation_id', 'operations');
    table
      .bigInteger('fence')
      .notNullable()
      .comment('valid only while the operation is claimed under it');
    table.unique(['operation_id', 'state_id', 'fence']);
  });

  await knex.schema.createTable('outbox', table => {
    table.comment(
      'What must be told to others once the transaction that wrote it is committed.',
    );
    table.bigIncrements('id');
    table.text('topic').notNullable();
    table.jsonb('payload').notNullable();
    table.timestamp('created_at').notNullable();
  });

  await knex.schema.createTable('audit_entries', table => {
    table.bigIncrements('id');
    table.timestamp('at').notNullable();
    table.text('actor').notNullable();
    table.text('action').notNullable();
    table.uuid('environment_id').index();
    table.uuid('operation_id');
    table.jsonb('details').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'audit_entries',
    'outbox',
    'state_tokens',
    'state_versions',
    'states',
    'operation_logs',
    'operation_steps',
    'operations',
    'lease_entries',
    'leases',
    'environment_components',
    'environments',
    'blueprint_sources',
    'blueprint_versions',
    'blueprints',
    'snapshot_files',
    'snapshots',
    'blobs',
  ]) {
    await knex.schema.dropTable(table);
  }
};
