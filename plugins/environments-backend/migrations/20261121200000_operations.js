// @ts-check

const UNFINISHED = "('pending', 'queued', 'running', 'waiting')";
const ACTIVE = "('queued', 'running', 'waiting')";
const CLAIMABLE = "('queued', 'running')";

/**
 * All kinds of operations: plans that wait for a word, operations that wait for their turn, cancel,
 * and what each component was last made of.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('environments', table => {
    table
      .timestamp('ready_at')
      .comment('when all of it was made for the first time');
    table
      .boolean('trial')
      .notNullable()
      .defaultTo(false)
      .comment('of the dry run of a create: it never comes to be');
  });
  // The first release knew one way to become ready.
  await knex.raw(`
    UPDATE environments e SET ready_at = o.finished_at
    FROM operations o
    WHERE o.environment_id = e.id AND o.kind = 'create' AND o.state = 'succeeded'
  `);

  await knex.schema.alterTable('environment_components', table => {
    table
      .boolean('pausable')
      .notNullable()
      .defaultTo(false)
      .comment('a pause changes something in it');
    table
      .jsonb('made_from')
      .notNullable()
      .defaultTo('[]')
      .comment(
        'ids of the components that it may point to: those it used in its last good apply, and in any begun since',
      );
    table
      .uuid('blueprint_version_id')
      .references('id')
      .inTable('blueprint_versions')
      .comment('by which the last apply was begun; null: none was');
    table
      .binary('with_sealed')
      .comment(
        'what the last apply was given, encrypted; null: made by the first release, or never',
      );
    table
      .string('applied_hash', 64)
      .comment('what the last apply that went well was made of');
    table
      .jsonb('reported')
      .notNullable()
      .defaultTo('[]')
      .comment(
        '[{address, type, externalId}]: made by a run, not yet seen in a state',
      );
  });
  await knex.raw(`
    UPDATE environment_components c SET
      blueprint_version_id = e.blueprint_version_id,
      made_from = jsonb_path_query_array(c.uses, '$[*].component')
    FROM environments e
    WHERE e.id = c.environment_id AND c.apply_begun
  `);

  await knex.schema.alterTable('operations', table => {
    table.boolean('dry_run').notNullable().defaultTo(false);
    table.text('owner_ref');
    table
      .jsonb('drivers')
      .notNullable()
      .defaultTo('[]')
      .comment('of its components: each counts against its limit');
    table.boolean('confirm').notNullable().defaultTo(false);
    table.timestamp('confirm_until');
    table.string('plan_hash', 64).comment('of the plan that waits or waited');
    table.text('confirmed_by');
    table.timestamp('confirmed_at');
    table.timestamp('cancel_requested_at');
    table.text('cancel_requested_by');
    table.text('cancel_reason');
  });
  await knex.raw(`
    UPDATE operations o SET
      owner_ref = e.owner_ref,
      drivers = COALESCE(
        (SELECT jsonb_agg(DISTINCT c.driver) FROM environment_components c WHERE c.environment_id = e.id),
        '[]'
      )
    FROM environments e WHERE e.id = o.environment_id
  `);
  await knex.raw('ALTER TABLE operations ALTER COLUMN owner_ref SET NOT NULL');
  await knex.raw('DROP INDEX operations_one_active');
  await knex.raw(
    `CREATE UNIQUE INDEX operations_one_active ON operations (environment_id) WHERE state IN ${ACTIVE}`,
  );
  await knex.raw('DROP INDEX operations_unfinished');
  await knex.raw(
    `CREATE INDEX operations_claimable ON operations (claim_until) WHERE state IN ${CLAIMABLE}`,
  );
  await knex.raw(
    `CREATE INDEX operations_unfinished ON operations (environment_id, number) WHERE state IN ${UNFINISHED}`,
  );
  await knex.raw(
    "CREATE INDEX operations_unconfirmed ON operations (confirm_until) WHERE state = 'waiting'",
  );
  await knex.raw(
    'CREATE INDEX operations_newest ON operations (requested_at DESC, id DESC)',
  );
  await knex.raw(
    'CREATE INDEX operations_of_owner ON operations (owner_ref, requested_at DESC, id DESC)',
  );

  await knex.schema.alterTable('operation_steps', table => {
    table.text('purpose').comment('of a plan: apply, destroy or adopt');
    table
      .string('confirmed_hash', 64)
      .comment('hash of the plan that somebody confirmed');
  });
  await knex.raw(
    "UPDATE operation_steps SET purpose = 'apply' WHERE action = 'plan'",
  );
  // What the first release kept of a plan had neither attributes nor a way to be put off.
  await knex.raw(`
    UPDATE operation_steps SET plan = plan || jsonb_build_object(
      'hasChanges', jsonb_array_length(plan->'changes') > 0,
      'unchanged', false,
      'omittedAttributes', 0,
      'deferredBy', '[]'::jsonb,
      'changes', COALESCE(
        (SELECT jsonb_agg(change || '{"attributes": [], "digest": ""}'::jsonb)
         FROM jsonb_array_elements(plan->'changes') AS change),
        '[]'::jsonb
      )
    )
    WHERE plan IS NOT NULL
  `);
  await planDestroys(knex);
};

/**
 * The first release destroyed without a plan. What was to be destroyed when it stopped is planned
 * first, as everything is now.
 *
 * @param {import('knex').Knex} knex
 */
async function planDestroys(knex) {
  const unfinished = `operation_id IN (
    SELECT id FROM operations WHERE kind = 'destroy' AND state IN ${UNFINISHED}
  )`;
  // To make room between the steps; below zero in between, where no other position is.
  await knex.raw(
    `UPDATE operation_steps SET position = -2 * position - 1 WHERE ${unfinished}`,
  );
  await knex.raw(
    `UPDATE operation_steps SET position = -position WHERE ${unfinished}`,
  );
  await knex.raw(`
    INSERT INTO operation_steps (id, operation_id, position, component, action, purpose, state, attempt, after)
    SELECT gen_random_uuid(), operation_id, position - 1, component, 'plan', 'destroy', 'waiting', 0, '[]'
    FROM operation_steps
    WHERE ${unfinished} AND action = 'destroy' AND state IN ('waiting', 'running')
  `);
  await knex.raw(`
    UPDATE operation_steps d SET after = d.after || jsonb_build_array(p.id)
    FROM operation_steps p
    WHERE p.purpose = 'destroy' AND p.operation_id = d.operation_id
      AND p.component = d.component AND d.action = 'destroy'
  `);
}

/**
 * Operations of the new kinds and states are not told apart by the first release: they are gone.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex('operations')
    .whereNotIn('kind', ['create', 'destroy'])
    .orWhereNotIn('state', ['queued', 'running', 'succeeded', 'failed'])
    .orWhere('dry_run', true)
    .delete();
  await knex.raw(`
    UPDATE operation_steps d SET after = d.after - p.id::text
    FROM operation_steps p
    WHERE p.purpose = 'destroy' AND p.operation_id = d.operation_id
      AND d.after @> jsonb_build_array(p.id)
  `);
  await knex('operation_steps').where({ purpose: 'destroy' }).delete();
  await knex.raw('DROP INDEX operations_of_owner');
  await knex.raw('DROP INDEX operations_newest');
  await knex.raw('DROP INDEX operations_unconfirmed');
  await knex.raw('DROP INDEX operations_unfinished');
  await knex.raw('DROP INDEX operations_claimable');
  await knex.raw('DROP INDEX operations_one_active');
  await knex.schema.alterTable('operation_steps', table => {
    table.dropColumns('purpose', 'confirmed_hash');
  });
  await knex.schema.alterTable('operations', table => {
    table.dropColumns(
      'dry_run',
      'owner_ref',
      'drivers',
      'confirm',
      'confirm_until',
      'plan_hash',
      'confirmed_by',
      'confirmed_at',
      'cancel_requested_at',
      'cancel_requested_by',
      'cancel_reason',
    );
  });
  await knex.raw(
    "CREATE UNIQUE INDEX operations_one_active ON operations (environment_id) WHERE state IN ('queued', 'running')",
  );
  await knex.raw(
    "CREATE INDEX operations_unfinished ON operations (claim_until) WHERE state IN ('queued', 'running')",
  );
  await knex.schema.alterTable('environment_components', table => {
    table.dropColumns(
      'pausable',
      'made_from',
      'blueprint_version_id',
      'with_sealed',
      'applied_hash',
      'reported',
    );
  });
  await knex.schema.alterTable('environments', table => {
    table.dropColumns('ready_at', 'trial');
  });
};
