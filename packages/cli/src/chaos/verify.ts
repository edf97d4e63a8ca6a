import { ThrowAwayDatabase } from '../processes/database';
import { LoadRecord } from './load';

/** One promise, and everything that breaks it. */
export interface Finding {
  promise: 'lost' | 'doubled' | 'left locked' | 'orphans not in the ledger';
  what: string;
}

/** Something that exists in the world, by whom it was made for. */
export interface WorldItem {
  environmentId: string;
  component: string;
  /** As people would look for it. */
  name: string;
}

const FINAL = "('succeeded', 'failed', 'cancelled')";

/** How many operations have no end yet. */
export async function unfinished(database: ThrowAwayDatabase): Promise<number> {
  const [{ count }] = await database.query<{ count: string }>(
    `SELECT count(*) FROM environments.operations WHERE state NOT IN ${FINAL}`,
  );
  return Number(count);
}

/** Everything that was accepted is on record, has ended, and its environment rests. */
export async function findLost(
  database: ThrowAwayDatabase,
  record: LoadRecord,
): Promise<Finding[]> {
  const ids = record.accepted.map(({ operationId }) => operationId);
  const rows = await database.query<{ id: string; state: string | null }>(
    `SELECT wanted.id, o.state FROM unnest($1::uuid[]) AS wanted (id)
     LEFT JOIN environments.operations o USING (id)
     WHERE o.id IS NULL OR o.state NOT IN ${FINAL}`,
    [ids],
  );
  return rows.map(({ id, state }) => ({
    promise: 'lost',
    what: `operation ${id} is ${state ?? 'not on record'}`,
  }));
}

/** Nothing is on record that nobody has asked for, and nobody's key has made two. */
export async function findDoubled(
  database: ThrowAwayDatabase,
  record: LoadRecord,
): Promise<Finding[]> {
  const ids = record.accepted.map(({ operationId }) => operationId);
  const rows = await database.query<{ id: string; kind: string }>(
    `SELECT id, kind FROM environments.operations
     WHERE requested_by LIKE 'service:%' AND id <> ALL ($1::uuid[])`,
    [ids],
  );
  return rows.map(({ id, kind }) => ({
    promise: 'doubled',
    what: `operation ${id} (${kind}) was asked for by nobody`,
  }));
}

/** Locks, claims, passwords and turns that outlived what they were for. */
export async function findLocked(
  database: ThrowAwayDatabase,
): Promise<Finding[]> {
  const leftovers = {
    'states locked':
      'SELECT id FROM environments.states WHERE lock IS NOT NULL',
    'claims held':
      'SELECT id FROM environments.operations WHERE claim_until IS NOT NULL',
    'passwords of states':
      'SELECT DISTINCT operation_id AS id FROM environments.state_tokens',
    'environments between two states':
      "SELECT id FROM environments.environments WHERE state IN ('provisioning', 'updating', 'pausing', 'resuming', 'destroying')",
  };
  const found: Finding[] = [];
  for (const [what, sql] of Object.entries(leftovers)) {
    const rows = await database.query<{ id: string }>(sql);
    found.push(
      ...rows.map(({ id }) => ({
        promise: 'left locked' as const,
        what: `${what}: ${id}`,
      })),
    );
  }
  return found;
}

/**
 * Everything that exists belongs to an environment that still stands, or to a teardown that is
 * tried again, or is in the ledger of orphans.
 */
export async function findOrphans(
  database: ThrowAwayDatabase,
  items: WorldItem[],
): Promise<Finding[]> {
  const known = await database.query<{ id: string }>(
    `SELECT id FROM environments.environments WHERE destroyed_at IS NULL
     UNION SELECT environment_id FROM environments.orphans WHERE state = 'open'`,
  );
  const ids = new Set(known.map(row => row.id));
  return items
    .filter(item => !ids.has(item.environmentId))
    .map(item => ({
      promise: 'orphans not in the ledger',
      what: `${item.name} of ${item.component} in environment ${item.environmentId}`,
    }));
}
