import { OperationState } from '@greenroom/plugin-environments-common';
import { CLAIMABLE_STATES } from '../machine/lifecycle';

/** How many operations may be under way at once, over all workers; what is absent has no limit. */
export interface ClaimLimits {
  perOwner?: number;
  /** By driver id; an operation counts for each driver of its components. */
  drivers: Record<string, number>;
}

/**
 * Of all transactions that choose an operation, one at a time: two that chose at once would both
 * see the last free place of a limit. The number is the name of the lock and means nothing.
 *
 * Choosing took 4 ms where 20 owners waited and 8 ms where 200 did, of them with 5,000 operations
 * in the queue and 50,000 behind it as with 500 and none (two cores, PostgreSQL 18 beside it). So
 * all workers together begin more than a hundred operations a second.
 */
export const CHOOSING_LOCK = 7_362_174_905;

const states = (all: OperationState[]) =>
  all.map(state => `'${state}'`).join(', ');
const CLAIMABLE = states(CLAIMABLE_STATES);

/**
 * Chooses and claims, in one statement. Owners take turns: who holds the fewest operations comes
 * first, then whose turn is longest ago, then who has waited longest; within one owner it goes by
 * age. A row that somebody has locked is passed over, so that nobody waits under the lock.
 *
 * Flat in the number of operations that wait or have ended: the owners are found by jumping from
 * one to the next in `operations_next`, and of each only the first operation is read. Only what a
 * driver's limit holds back is read past: 50,000 of those take 30 ms.
 */
export const CLAIM_NEXT = `
  WITH RECURSIVE held AS MATERIALIZED (
    SELECT owner_ref, drivers FROM operations
    WHERE state = 'running' AND claim_until > statement_timestamp()
  ),
  full_drivers AS MATERIALIZED (
    SELECT COALESCE(array_agg(id), '{}') AS ids FROM (
      SELECT driver.id
      FROM held, jsonb_array_elements_text(held.drivers) AS driver (id)
      GROUP BY driver.id
      HAVING count(*) >= (CAST(:drivers AS jsonb) ->> driver.id)::integer
    ) AS counted
  ),
  held_by AS MATERIALIZED (
    SELECT owner_ref, count(*) AS held FROM held GROUP BY owner_ref
  ),
  owners AS (
    (
      SELECT owner_ref FROM operations
      WHERE state IN (${CLAIMABLE})
      ORDER BY owner_ref LIMIT 1
    )
    UNION ALL
    SELECT (
      SELECT following.owner_ref FROM operations AS following
      WHERE following.state IN (${CLAIMABLE}) AND following.owner_ref > owners.owner_ref
      ORDER BY following.owner_ref LIMIT 1
    )
    FROM owners WHERE owners.owner_ref IS NOT NULL
  ),
  turns AS (
    SELECT
      owners.owner_ref,
      COALESCE(held_by.held, 0) AS held,
      (
        SELECT max(earlier.claimed_at) FROM operations AS earlier
        WHERE earlier.owner_ref = owners.owner_ref
      ) AS last
    FROM owners LEFT JOIN held_by ON held_by.owner_ref = owners.owner_ref
    WHERE owners.owner_ref IS NOT NULL AND COALESCE(held_by.held, 0) < :perOwner
  ),
  chosen AS (
    SELECT operation.id
    FROM turns
    CROSS JOIN LATERAL (
      SELECT id, requested_at FROM operations AS candidate
      WHERE candidate.owner_ref = turns.owner_ref
        AND candidate.state IN (${CLAIMABLE})
        AND (candidate.claim_until IS NULL OR candidate.claim_until <= statement_timestamp())
        AND NOT candidate.drivers \\?| (SELECT ids FROM full_drivers)
      ORDER BY requested_at, id LIMIT 1
    ) AS first
    JOIN operations AS operation ON operation.id = first.id
    WHERE operation.state IN (${CLAIMABLE})
      AND (operation.claim_until IS NULL OR operation.claim_until <= statement_timestamp())
    ORDER BY turns.held, turns.last NULLS FIRST, first.requested_at, first.id
    LIMIT 1
    FOR UPDATE OF operation SKIP LOCKED
  ),
  progress AS (
    SELECT count(*)::integer AS steps FROM operation_steps
    WHERE operation_id = (SELECT id FROM chosen) AND state NOT IN ('waiting', 'running')
  )
  UPDATE operations AS operation SET
    state = 'running',
    claim_worker = :worker,
    claim_fence = operation.claim_fence + 1,
    claim_until = clock_timestamp() + :ttlMs * interval '1 millisecond',
    claimed_at = clock_timestamp(),
    claims_lost = CASE
      WHEN progress.steps > operation.claim_steps THEN 0
      WHEN operation.claim_until IS NULL THEN operation.claims_lost
      ELSE operation.claims_lost + 1
    END,
    claim_steps = GREATEST(operation.claim_steps, progress.steps),
    started_at = COALESCE(operation.started_at, :now)
  FROM chosen, progress
  WHERE operation.id = chosen.id
  RETURNING
    operation.id,
    operation.environment_id,
    operation.claim_fence,
    operation.claims_lost,
    operation.cancel_requested_at,
    operation.cancel_reason
`;
