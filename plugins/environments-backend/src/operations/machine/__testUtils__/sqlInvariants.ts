import { Knex } from 'knex';
import { DOING } from '../../../environments/lifecycle';
import {
  noApplyTwiceWithoutANewPlan,
  nothingMadeBeforeWhatItUses,
  nothingRemovedUnderItsUser,
} from './invariants';
import { World } from './world';

/**
 * The invariants as queries for what breaks them, each by a name that says what it must not find.
 * They read nothing but the tables, as an auditor would.
 */
const BROKEN: Record<string, string> = {
  'two active operations of one environment': `
    SELECT environment_id FROM operations WHERE state IN ('queued', 'running', 'waiting')
    GROUP BY environment_id HAVING count(*) > 1`,
  'an operation that waits behind none': `
    SELECT id FROM operations AS o WHERE state = 'pending' AND NOT EXISTS (
      SELECT 1 FROM operations AS a WHERE a.environment_id = o.environment_id
        AND a.state IN ('queued', 'running', 'waiting'))`,
  'a later operation before an earlier one': `
    SELECT o.id FROM operations AS o JOIN operations AS p USING (environment_id)
    WHERE o.state IN ('queued', 'running', 'waiting') AND p.state = 'pending' AND p.number < o.number`,
  'a place held by what does not run': `
    SELECT id FROM operations WHERE state <> 'running' AND claim_until IS NOT NULL`,
  'a step left open by an operation that has ended': `
    SELECT s.id FROM operation_steps AS s JOIN operations AS o ON o.id = s.operation_id
    WHERE o.state IN ('succeeded', 'failed', 'cancelled') AND s.state IN ('waiting', 'running')`,
  'a password of an operation that has ended': `
    SELECT t.token_hash FROM state_tokens AS t JOIN operations AS o ON o.id = t.operation_id
    WHERE o.state IN ('succeeded', 'failed', 'cancelled')`,
  'an end without a time, or without a reason': `
    SELECT id FROM operations WHERE state IN ('succeeded', 'failed', 'cancelled')
      AND (finished_at IS NULL OR (state = 'cancelled' AND problem IS NULL))`,
  'an operation whose request or end is not on the audit record exactly once': `
    SELECT o.id FROM operations AS o WHERE
      (SELECT count(*) FROM audit_entries AS a WHERE a.operation_id = o.id
        AND a.action = 'environment.' || o.kind || '.requested') <> 1
      OR (SELECT count(*) FROM audit_entries AS a WHERE a.operation_id = o.id
        AND a.action IN ('environment.' || o.kind || '.succeeded',
          'environment.' || o.kind || '.failed', 'environment.' || o.kind || '.cancelled'))
      <> (o.state IN ('succeeded', 'failed', 'cancelled'))::int`,
  'a dry run that does more than plan': `
    SELECT s.id FROM operation_steps AS s JOIN operations AS o ON o.id = s.operation_id
    WHERE o.dry_run AND s.action <> 'plan'`,
  'an environment that moves though nothing moves it': `
    SELECT id FROM environments AS e
    WHERE state IN (${Object.values(DOING)
      .map(state => `'${state}'`)
      .join(', ')})
      AND NOT EXISTS (SELECT 1 FROM operations AS o WHERE o.environment_id = e.id
        AND NOT o.dry_run AND o.state IN ('queued', 'running', 'waiting'))`,
  'a component left working in an environment at rest': `
    SELECT c.component FROM environment_components AS c JOIN environments AS e ON e.id = c.environment_id
    WHERE c.state = 'working' AND e.state IN ('running', 'paused', 'degraded', 'failed', 'destroyed')`,
  'a destroyed environment of which something may exist': `
    SELECT e.id FROM environments AS e JOIN environment_components AS c ON c.environment_id = e.id
    WHERE e.state = 'destroyed' AND c.apply_begun AND c.state NOT IN ('gone', 'absent')`,
  'a running environment with something that is not ready': `
    SELECT e.id FROM environments AS e JOIN environment_components AS c ON c.environment_id = e.id
    WHERE e.state = 'running' AND c.state NOT IN ('ready', 'absent')`,
};

/** @throws naming everything that is broken */
async function requireUnbroken(knex: Knex): Promise<void> {
  const names = Object.keys(BROKEN);
  const found = await knex.raw<{ rows: { name: string; id: string }[] }>(
    names
      .map(
        name =>
          `SELECT '${name}' AS name, q::text AS id FROM (${BROKEN[name]}) AS q`,
      )
      .join(' UNION ALL '),
  );
  if (found.rows.length === 0) return;
  throw new Error(
    `There is ${found.rows.map(({ name, id }) => `${name}: ${id}`).join('; ')}`,
  );
}

/** Whatever exists is on record as what may exist, so that a destroy finds it. */
async function requireOnRecord(
  knex: Knex,
  environmentId: string,
  existing: string[],
): Promise<void> {
  const known: string[] = await knex('environment_components')
    .where({ environment_id: environmentId, apply_begun: true })
    .whereNotIn('state', ['gone', 'absent'])
    .pluck('component');
  const forgotten = existing.filter(id => !known.includes(id));
  if (forgotten.length === 0) return;
  throw new Error(`Not on record, and it exists: ${forgotten.join(', ')}`);
}

/** Operations that have ended, with their steps, as one text each: it never changes again. */
async function endsOf(knex: Knex): Promise<Map<string, string>> {
  const { rows } = await knex.raw<{ rows: { id: string; text: string }[] }>(`
    SELECT o.id, md5(o::text || COALESCE(
      (SELECT string_agg(s::text, '' ORDER BY s.position) FROM operation_steps AS s
       WHERE s.operation_id = o.id), '')) AS text
    FROM operations AS o WHERE o.state IN ('succeeded', 'failed', 'cancelled')`);
  return new Map(rows.map(({ id, text }) => [id, text]));
}

/** Everything about environments that a dry run must leave alone. */
async function environmentsAsText(knex: Knex): Promise<string> {
  const { rows } = await knex.raw<{ rows: { text: string }[] }>(`
    SELECT md5(string_agg(e::text || COALESCE(
      (SELECT string_agg(c::text, '' ORDER BY c.component) FROM environment_components AS c
       WHERE c.environment_id = e.id), ''), '' ORDER BY e.id)) AS text
    FROM environments AS e`);
  return rows[0].text;
}

/** What may change environments: how many operations have ended that did, and one that still does. */
async function changesSoFar(
  knex: Knex,
): Promise<{ ended: number; underWay: boolean }> {
  const { rows } = await knex.raw<{
    rows: { ended: number; underWay: boolean }[];
  }>(`
    SELECT count(finished_at)::int AS ended,
      COALESCE(bool_or(state IN ('queued', 'running', 'waiting')), false) AS "underWay"
    FROM operations WHERE NOT dry_run`);
  return rows[0];
}

/** What must hold after each command, whatever was before it. */
export class MachineChecks {
  #ends = new Map<string, string>();
  #environments?: string;
  #changes = { ended: 0, underWay: true };

  constructor(
    private readonly knex: Knex,
    private readonly machine: { environmentId: string; world: World },
  ) {}

  async run(): Promise<void> {
    const { knex, machine } = this;
    await requireUnbroken(knex);
    await requireOnRecord(knex, machine.environmentId, machine.world.existing);
    noApplyTwiceWithoutANewPlan(machine);
    nothingRemovedUnderItsUser(machine);
    nothingMadeBeforeWhatItUses(machine);
    await this.#finalStaysFinal();
    await this.#dryRunsChangeNothing();
  }

  async #finalStaysFinal(): Promise<void> {
    const ends = await endsOf(this.knex);
    for (const [id, text] of this.#ends) {
      if (ends.get(id) === text) continue;
      throw new Error(`Operation ${id} has changed after its end`);
    }
    this.#ends = ends;
  }

  async #dryRunsChangeNothing(): Promise<void> {
    const before = this.#changes;
    const environments = await environmentsAsText(this.knex);
    this.#changes = await changesSoFar(this.knex);
    const { ended, underWay } = this.#changes;
    const isIdle = !underWay && !before.underWay && ended === before.ended;
    if (isIdle && environments !== this.#environments) {
      throw new Error(
        'An environment has changed, and dry runs alone were made',
      );
    }
    this.#environments = environments;
  }
}
