import { ThrowAwayDatabase } from '../processes/database';
import { Disturbance } from './disturbances';
import { LoadRecord } from './load';
import { Finding } from './verify';

/** How many findings of a kind are told one by one. */
const SHOWN = 10;
const PROMISES: Finding['promise'][] = [
  'lost',
  'doubled',
  'left locked',
  'orphans not in the ledger',
];

/** What was done, what was done to it, and what came of it, as text. */
export async function chaosReport(facts: {
  seed: number;
  workers: number;
  database: ThrowAwayDatabase;
  record: LoadRecord;
  disturbances: Record<Disturbance, number>;
  seconds: number;
  findings: Finding[];
}): Promise<string> {
  const { database, record, disturbances, findings } = facts;
  const ends = await database.query<{ what: string; count: string }>(
    `SELECT o.kind || CASE WHEN o.dry_run THEN ' (dry run)' ELSE '' END || ' ' || o.state AS what, count(*)
     FROM environments.operations o GROUP BY 1 ORDER BY 1`,
  );
  const [{ takeovers, ledger, retried }] = await database.query<{
    takeovers: string;
    ledger: string;
    retried: string;
  }>(
    `SELECT
       (SELECT COALESCE(sum(GREATEST(claim_fence - 1, 0)), 0) FROM environments.operations) AS takeovers,
       (SELECT count(*) FROM environments.orphans WHERE state = 'open') AS ledger,
       (SELECT count(*) FROM environments.teardowns) AS retried`,
  );
  const counts = PROMISES.map(
    promise =>
      [
        promise,
        findings.filter(finding => finding.promise === promise),
      ] as const,
  );
  return [
    `Seed ${facts.seed}, ${facts.workers} workers, ${facts.seconds.toFixed(0)} s`,
    '',
    `Operations accepted: ${record.accepted.length}; asked for again without an answer: ${record.askedAgain}; refused: ${record.refused}`,
    ...ends.map(({ what, count }) => `  ${count.padStart(6)}  ${what}`),
    '',
    'Disturbed:',
    ...Object.entries(disturbances).map(
      ([what, count]) => `  ${String(count).padStart(6)}  ${what}`,
    ),
    '',
    `Claimed again by a worker: ${takeovers}; teardowns still tried: ${retried}; orphans in the ledger: ${ledger}`,
    '',
    ...counts.map(([promise, found]) => `${promise}: ${found.length}`),
    ...counts.flatMap(([, found]) =>
      found.slice(0, SHOWN).map(({ promise, what }) => `  ${promise}: ${what}`),
    ),
  ].join('\n');
}
