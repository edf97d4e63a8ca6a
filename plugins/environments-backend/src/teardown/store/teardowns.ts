import { Knex } from 'knex';
import { Problem } from '@greenroom/plugin-environments-common';
import { addSeconds } from '../../clock';
import { Transaction } from '../../database';
import { UNFINISHED_STATES } from '../../operations/machine/lifecycle';
import { TeardownRecord, Untold } from '../types';

interface TeardownRow {
  environment_id: string;
  since: Date;
  failures: number;
  next_attempt_at: Date;
  last_problem: Problem;
  operation_id: string | null;
  escalated_at: Date | null;
}

interface UntoldRow extends TeardownRow {
  name: string;
  owner_ref: string;
  created_by: string;
  tell_failures: number;
}

/** Longer than any attempt to tell takes: who dies in the midst leaves it to others then. */
const TELLING_SECONDS = 60;

/** Teardowns that failed, one row for each environment that should be gone. */
export class TeardownStore {
  async find(
    tx: Transaction,
    environmentId: string,
  ): Promise<TeardownRecord | undefined> {
    const row = await tx<TeardownRow>('teardowns')
      .where({ environment_id: environmentId })
      .first();
    return row && toRecord(row);
  }

  async write(tx: Transaction, teardown: TeardownRecord): Promise<void> {
    await tx('teardowns')
      .insert({
        environment_id: teardown.environmentId,
        since: teardown.since,
        failures: teardown.failures,
        next_attempt_at: teardown.nextAttemptAt,
        last_problem: JSON.stringify(teardown.lastProblem),
        operation_id: teardown.operationId ?? null,
        escalated_at: teardown.escalatedAt ?? null,
        tell_at: teardown.escalatedAt ?? null,
      })
      .onConflict('environment_id')
      .merge([
        'failures',
        'next_attempt_at',
        'last_problem',
        'operation_id',
        'escalated_at',
      ]);
    await tx('teardowns')
      .where({ environment_id: teardown.environmentId })
      .whereNull('tell_at')
      .update({ tell_at: teardown.escalatedAt ?? null });
  }

  async remove(tx: Transaction, environmentId: string): Promise<void> {
    await tx('teardowns').where({ environment_id: environmentId }).delete();
  }

  /**
   * Environments whose next attempt is due and that are free, the longest due first, locked; those
   * that somebody else has in hand are left to the next time.
   */
  async lockDue(
    tx: Knex.Transaction,
    now: Date,
    limit: number,
  ): Promise<string[]> {
    const rows: { id: string }[] = await tx('teardowns as t')
      .join('environments as e', 'e.id', 't.environment_id')
      .where('t.next_attempt_at', '<=', now)
      // Those without a failure are protected.
      .where('t.failures', '>', 0)
      .whereNotExists(
        tx('operations as o')
          .whereRaw('o.environment_id = t.environment_id')
          .whereIn('o.state', UNFINISHED_STATES),
      )
      .orderBy('t.next_attempt_at')
      .limit(limit)
      .select('e.id')
      // Both: a retry that failed between looking and locking has put the next one off.
      .forUpdate('e', 't')
      .skipLocked();
    return rows.map(row => row.id);
  }

  /** Escalations that somebody must be told of; others leave them alone for a minute. */
  async takeUntold(
    tx: Transaction,
    now: Date,
    limit: number,
  ): Promise<Untold[]> {
    const due = tx('teardowns')
      .whereNotNull('escalated_at')
      .whereNull('told_at')
      .where('tell_at', '<=', now)
      .orderBy('tell_at')
      .limit(limit)
      .select('environment_id')
      .forUpdate()
      .skipLocked();
    const rows: UntoldRow[] = await tx('teardowns as t')
      .updateFrom('environments as e')
      .whereRaw('e.id = t.environment_id')
      .whereIn('t.environment_id', due)
      .update({ tell_at: addSeconds(now, TELLING_SECONDS) })
      .returning(['t.*', 'e.name', 'e.owner_ref', 'e.created_by']);
    return rows.map(row => ({
      ...toRecord(row),
      environmentName: row.name,
      owner: row.owner_ref,
      createdBy: row.created_by,
      tellFailures: row.tell_failures,
    }));
  }

  async told(tx: Transaction, environmentId: string, at: Date): Promise<void> {
    await tx('teardowns')
      .where({ environment_id: environmentId })
      .update({ told_at: at });
  }

  async tellLater(
    tx: Transaction,
    environmentId: string,
    at: Date,
  ): Promise<void> {
    await tx('teardowns')
      .where({ environment_id: environmentId })
      .update({ tell_at: at })
      .increment('tell_failures');
  }
}

function toRecord(row: TeardownRow): TeardownRecord {
  return {
    environmentId: row.environment_id,
    since: row.since,
    failures: row.failures,
    nextAttemptAt: row.next_attempt_at,
    lastProblem: row.last_problem,
    operationId: row.operation_id ?? undefined,
    escalatedAt: row.escalated_at ?? undefined,
  };
}
