import { ThrowAwayDatabase } from '../../processes/database';

/** What became of leases that fell due. */
export interface Outcome {
  submitted: number;
  twice: number;
}

/** Environments of one name, each a copy of one that runs, without running all their creations. */
export async function copyEnvironments(
  { query }: ThrowAwayDatabase,
  from: string,
  name: string,
  count: number,
): Promise<void> {
  await query(
    `WITH copies AS MATERIALIZED (
       SELECT gen_random_uuid() AS id, number FROM generate_series(1, $2::int) AS number
     ), copied AS (
       INSERT INTO environments.environments
       SELECT (jsonb_populate_record(e, jsonb_build_object(
         'id', c.id, 'name', $3 || '-' || c.number))).*
       FROM environments.environments e, copies c WHERE e.id = $1
     ), scheduled AS (
       INSERT INTO environments.environment_schedules
       SELECT (jsonb_populate_record(s, jsonb_build_object(
         'environment_id', c.id, 'next_at', now() + interval '30 days'))).*
       FROM environments.environment_schedules s, copies c WHERE s.environment_id = $1
     ), used AS (
       INSERT INTO environments.environment_activity
       SELECT (jsonb_populate_record(a, jsonb_build_object(
         'environment_id', c.id, 'next_at', now() + interval '30 days'))).*
       FROM environments.environment_activity a, copies c WHERE a.environment_id = $1
     )
     INSERT INTO environments.environment_components
     SELECT (jsonb_populate_record(p, jsonb_build_object('environment_id', c.id))).*
     FROM environments.environment_components p, copies c WHERE p.environment_id = $1`,
    [from, count, name],
  );
}

/** Gives each of them a lease like the one of the original, and its grant in the ledger. */
export async function grantLeases(
  { query }: ThrowAwayDatabase,
  from: string,
  name: string,
  expiresAt: Date,
): Promise<void> {
  await query(
    `WITH copies AS MATERIALIZED (
       SELECT id FROM environments.environments WHERE name LIKE $2 || '-%'
     ), leases AS (
       INSERT INTO environments.leases
       SELECT (jsonb_populate_record(l, jsonb_build_object(
         'environment_id', c.id, 'expires_at', $3::timestamptz, 'due_at', $3::timestamptz))).*
       FROM environments.leases l, copies c WHERE l.environment_id = $1
     )
     INSERT INTO environments.lease_entries (environment_id, kind, at, actor, reason, rule, expires_after, detail)
     SELECT c.id, x.kind, x.at, x.actor, x.reason, x.rule, $3, x.detail
     FROM environments.lease_entries x, copies c WHERE x.environment_id = $1 AND x.kind = 'grant'`,
    [from, name, expiresAt],
  );
}

/** As the database does by itself where it has the time. */
export async function analyze({ query }: ThrowAwayDatabase): Promise<void> {
  await query(
    'ANALYZE environments.environments, environments.leases, environments.lease_entries, environments.environment_schedules, environments.environment_activity',
  );
}

/** How many destroys there are; committed, as a worker sees them. */
export async function countDestroys({
  query,
}: ThrowAwayDatabase): Promise<number> {
  const [{ count }] = await query<{ count: string }>(
    "SELECT count(*) FROM environments.operations WHERE kind = 'destroy'",
  );
  return Number(count);
}

export async function outcomeOf(
  { query }: ThrowAwayDatabase,
  name: string,
): Promise<Outcome> {
  const [{ submitted, twice }] = await query<{
    submitted: string;
    twice: string;
  }>(
    `SELECT count(*) FILTER (WHERE destroys >= 1 AND expiries >= 1) AS submitted,
            count(*) FILTER (WHERE destroys > 1 OR expiries > 1) AS twice
     FROM (
       SELECT (SELECT count(*) FROM environments.operations o
               WHERE o.environment_id = e.id AND o.kind = 'destroy') AS destroys,
              (SELECT count(*) FROM environments.lease_entries x
               WHERE x.environment_id = e.id AND x.kind = 'expiry') AS expiries
       FROM environments.environments e WHERE e.name LIKE $1 || '-%'
     ) AS each`,
    [name],
  );
  return { submitted: Number(submitted), twice: Number(twice) };
}
