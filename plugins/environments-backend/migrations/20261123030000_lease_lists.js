// @ts-check

const INDEXES = {
  leases_grace: "(due_at, environment_id) WHERE stage = 'grace'",
  leases_held: `((hold->>'until') COLLATE "C", environment_id) WHERE hold IS NOT NULL`,
  leases_protected: `((protection->>'since') COLLATE "C", environment_id) WHERE protection IS NOT NULL`,
};

/**
 * What is in its grace, held or protected is listed over the whole fleet, and is little of it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  for (const [name, index] of Object.entries(INDEXES)) {
    await knex.raw(`CREATE INDEX ${name} ON leases ${index}`);
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const name of Object.keys(INDEXES)) {
    await knex.raw(`DROP INDEX ${name}`);
  }
};
