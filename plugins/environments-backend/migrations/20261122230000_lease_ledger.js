// @ts-check

/** A moment as JSON holds it. */
const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/**
 * The ledger of leases says everything that follows from it: each entry has its details, and the
 * row of a lease is the fold of its entries. What stood in the rows alone becomes entries.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw('DROP INDEX leases_due');
  await knex.schema.alterTable('leases', table => {
    table
      .text('stage')
      .notNullable()
      .defaultTo('running')
      .comment('running, grace, blocked, ending, ended');
    table.text('rule').notNullable().defaultTo('').comment('of the expiry');
    table.specificType('warn_before_seconds', 'integer[]');
    table.integer('grace_seconds');
    table.timestamp('grace_ends_at');
    table.integer('extensions_used').notNullable().defaultTo(0);
    table.jsonb('hold').comment('until when nothing of it falls due, and why');
    table.jsonb('protection').comment('since when nobody destroys it, and why');
    table
      .timestamp('due_at')
      .comment('when the sweep has to look at it; null: never');
    table.timestamp('last_entry_at');
    table
      .integer('revision')
      .notNullable()
      .defaultTo(0)
      .comment('how many entries its ledger has');
  });
  await knex.schema.alterTable('lease_entries', table => {
    table.jsonb('detail').notNullable().defaultTo('{}');
    table
      .text('idempotency_key')
      .comment("the caller's own name for the request");
    table.text('request_digest');
    table.unique(['actor', 'idempotency_key']);
    table.dropIndex('environment_id');
    table.index(['environment_id', 'id']);
  });
  await completeEntries(knex);
  await completeLeases(knex);
  await knex.schema.alterTable('leases', table => {
    table.dropNullable('warn_before_seconds');
    table.dropNullable('last_entry_at');
  });
  for (const column of ['stage', 'rule', 'extensions_used', 'revision']) {
    await knex.raw('ALTER TABLE leases ALTER ?? DROP DEFAULT', [column]);
  }
  await knex.raw(
    'CREATE INDEX leases_due ON leases (due_at) WHERE due_at IS NOT NULL',
  );
  await knex.raw(`
    CREATE FUNCTION lease_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'Entries of the lease ledger are never changed; add one.';
      END IF;
      IF EXISTS (SELECT 1 FROM environments WHERE id = OLD.environment_id) THEN
        RAISE EXCEPTION 'Entries of the lease ledger go only with their environment.';
      END IF;
      RETURN OLD;
    END $$
  `);
  await knex.raw(`
    CREATE TRIGGER lease_entries_stay BEFORE UPDATE OR DELETE ON lease_entries
    FOR EACH ROW EXECUTE FUNCTION lease_entries_stay()
  `);
};

/**
 * @param {import('knex').Knex} knex
 */
async function completeEntries(knex) {
  // The first release wrote leases before it wrote entries.
  await knex.raw(`
    INSERT INTO lease_entries (environment_id, kind, at, actor, reason, rule, expires_after)
    SELECT l.environment_id, 'grant', l.granted_at, 'system:lease', l.reason, 'ttl.unknown', l.expires_at
    FROM leases l
    WHERE NOT EXISTS (
      SELECT 1 FROM lease_entries x
      WHERE x.environment_id = l.environment_id AND x.kind = 'grant'
    )
  `);
  await knex.raw(`
    UPDATE lease_entries x SET expires_after = l.expires_at, detail = jsonb_strip_nulls(jsonb_build_object(
      'maxExpiresAt', to_char(l.max_expires_at AT TIME ZONE 'UTC', ${ISO}),
      'warnBeforeSeconds', CASE WHEN l.last_warning_at IS NULL THEN '[]'::jsonb
        ELSE jsonb_build_array(EXTRACT(EPOCH FROM l.expires_at - l.last_warning_at)::int) END,
      'onExpiry', l.on_expiry
    ))
    FROM leases l WHERE x.environment_id = l.environment_id AND x.kind = 'grant'
  `);
  await knex('lease_entries')
    .where({ kind: 'expiry' })
    .update({ detail: JSON.stringify({ then: 'destroy' }) });
  await knex.raw(`
    INSERT INTO lease_entries (environment_id, kind, at, actor, reason, rule)
    SELECT l.environment_id, 'end', l.ended_at, 'system:lease', 'The environment is destroyed.', 'environment.destroyed'
    FROM leases l
    WHERE l.ended_at IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM lease_entries x
      WHERE x.environment_id = l.environment_id AND x.kind = 'end'
    )
  `);
  await knex.raw(`
    INSERT INTO lease_entries (environment_id, kind, at, actor, reason, rule)
    SELECT t.environment_id, 'retry', t.since, 'system:teardown', 'A teardown failed.', 'teardown.failed'
    FROM teardowns t
    WHERE NOT EXISTS (
      SELECT 1 FROM lease_entries x
      WHERE x.environment_id = t.environment_id AND x.kind IN ('expiry', 'retry')
    )
  `);
  // A teardown that was called off left no entry.
  await knex.raw(`
    INSERT INTO lease_entries (environment_id, kind, at, actor, reason, rule)
    SELECT l.environment_id, 'revive', now(), 'system:teardown', 'Its teardown was called off.', 'teardown.called-off'
    FROM leases l
    WHERE l.ended_at IS NULL
      AND EXISTS (
        SELECT 1 FROM lease_entries x
        WHERE x.environment_id = l.environment_id AND x.kind IN ('expiry', 'retry')
      )
      AND NOT EXISTS (SELECT 1 FROM teardowns t WHERE t.environment_id = l.environment_id)
      AND NOT EXISTS (
        SELECT 1 FROM operations o
        WHERE o.environment_id = l.environment_id AND o.kind = 'destroy'
          AND o.state NOT IN ('succeeded', 'failed', 'cancelled')
          AND o.cause->>'code' <> 'request'
      )
  `);
}

/**
 * @param {import('knex').Knex} knex
 */
async function completeLeases(knex) {
  await knex.raw(`
    UPDATE leases l SET
      rule = g.rule,
      warn_before_seconds = ARRAY(SELECT jsonb_array_elements_text(g.detail->'warnBeforeSeconds')::int),
      stage = CASE last.kind
        WHEN 'end' THEN 'ended' WHEN 'expiry' THEN 'ending' WHEN 'retry' THEN 'ending' ELSE 'running' END,
      due_at = CASE WHEN last.kind IN ('grant', 'revive') THEN l.expires_at END,
      last_entry_at = last.at,
      revision = (SELECT count(*) FROM lease_entries x WHERE x.environment_id = l.environment_id)
    FROM lease_entries g, (
      SELECT DISTINCT ON (environment_id) environment_id, kind, at
      FROM lease_entries ORDER BY environment_id, id DESC
    ) last
    WHERE g.environment_id = l.environment_id AND g.kind = 'grant'
      AND last.environment_id = l.environment_id
  `);
}

/**
 * What has been held, extended or protected since stays as long as it may.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP FUNCTION lease_entries_stay CASCADE');
  await knex.raw(`
    UPDATE leases SET on_expiry = 'destroy', expires_at = CASE
      WHEN expires_at IS NULL OR protection IS NOT NULL THEN NULL
      ELSE GREATEST(expires_at, grace_ends_at, (hold->>'until')::timestamptz) END
    WHERE ended_at IS NULL
  `);
  await knex('lease_entries')
    .whereNotIn('kind', ['grant', 'expiry', 'retry', 'end'])
    .delete();
  await knex.raw('DROP INDEX leases_due');
  await knex.schema.alterTable('lease_entries', table => {
    table.dropUnique(['actor', 'idempotency_key']);
    table.dropIndex(['environment_id', 'id']);
    table.index('environment_id');
    table.dropColumns('detail', 'idempotency_key', 'request_digest');
  });
  await knex.schema.alterTable('leases', table => {
    table.dropColumns(
      'stage',
      'rule',
      'warn_before_seconds',
      'grace_seconds',
      'grace_ends_at',
      'extensions_used',
      'hold',
      'protection',
      'due_at',
      'last_entry_at',
      'revision',
    );
  });
  await knex.raw(
    'CREATE INDEX leases_due ON leases (expires_at) WHERE ended_at IS NULL',
  );
};
