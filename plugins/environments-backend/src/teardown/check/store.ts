import { Knex } from 'knex';
import {
  MAY_BEGIN,
  mayBegin,
  Problem,
  RestingState,
} from '@greenroom/plugin-environments-common';
import { addSeconds } from '../../clock';
import { Transaction } from '../../database';
import { UNFINISHED_STATES } from '../../operations/machine/lifecycle';
import { LEADS_THAT_HOLD, SHORTEST_LEAD_SECONDS } from './moments';
import { CheckRecord, UntoldCheck } from './types';

interface CheckRow {
  environment_id: string;
  checked_at: Date | null;
  operation_id: string | null;
  operation_number: number | null;
  removes: number;
  problems: Problem[];
  cautions: Problem[];
  failing_since: Date | null;
  told_at: Date | null;
}

interface UntoldRow extends CheckRow {
  name: string;
  owner_ref: string;
  created_by: string;
  due_at: Date | null;
  tell_failures: number;
}

/** Longer than any attempt to tell takes: who dies in the midst leaves it to others then. */
const TELLING_SECONDS = 60;

/** Of all replicas, one at a time chooses what is checked. The number means nothing. */
const CHOOSING_LOCK = 7_362_174_906;

const DESTROYABLE = (Object.keys(MAY_BEGIN) as RestingState[]).filter(state =>
  mayBegin(state, 'destroy'),
);

/** How long before its end a lease is checked. */
const LEAD =
  "LEAST(:before * interval '1 second', (l.due_at - l.granted_at) / 2)";

/** What is known of teardowns that are to come, one row for each environment that was checked. */
export class CheckStore {
  async find(
    tx: Transaction,
    environmentId: string,
  ): Promise<CheckRecord | undefined> {
    const row = await tx<CheckRow>('teardown_checks')
      .where({ environment_id: environmentId })
      .whereNotNull('checked_at')
      .first();
    return row && toCheckRecord(row);
  }

  /** People are told with the first of several verdicts that say it would fail. */
  async keep(
    tx: Transaction,
    check: Omit<CheckRecord, 'failingSince' | 'toldAt'>,
    againAt: Date | undefined,
  ): Promise<void> {
    const { environmentId, operationId, operationNumber } = check;
    const { checkedAt, removes } = check;
    const before = await this.find(tx, environmentId);
    const isFailing = check.problems.length > 0;
    const isNew = isFailing && !before?.failingSince;
    await this.#write(tx, environmentId, {
      checked_at: checkedAt,
      operation_id: operationId,
      operation_number: operationNumber,
      removes,
      problems: JSON.stringify(check.problems),
      cautions: JSON.stringify(check.cautions),
      again_at: againAt ?? null,
      failing_since: isFailing ? (before?.failingSince ?? checkedAt) : null,
      ...((isNew || !isFailing) && {
        told_at: null,
        tell_at: isNew ? checkedAt : null,
        tell_failures: 0,
      }),
    });
  }

  /** One that came to no answer. */
  async putOff(
    tx: Transaction,
    environmentId: string,
    until: Date,
  ): Promise<void> {
    await this.#write(tx, environmentId, { again_at: until });
  }

  /** Where somebody has looked before. */
  async lookAgain(
    tx: Transaction,
    environmentId: string,
    at: Date,
  ): Promise<void> {
    await tx('teardown_checks')
      .where({ environment_id: environmentId })
      .update({ again_at: at });
  }

  async remove(tx: Transaction, environmentId: string): Promise<void> {
    await tx('teardown_checks')
      .where({ environment_id: environmentId })
      .delete();
  }

  /** @returns false while another replica chooses */
  async takeTurn(tx: Knex.Transaction): Promise<boolean> {
    const { rows } = await tx.raw<{ rows: { taken: boolean }[] }>(
      'SELECT pg_try_advisory_xact_lock(?) AS taken',
      [CHOOSING_LOCK],
    );
    return rows[0].taken;
  }

  /**
   * Environments that are free and to be checked, those first that are to be looked at again, then
   * by their ends, locked. The second look reads all leases that end within the lead, checked or not,
   * and none of the others.
   */
  async lockDue(
    tx: Knex.Transaction,
    now: Date,
    options: { limit: number; beforeSeconds: number; except: string[] },
  ): Promise<string[]> {
    const { limit, beforeSeconds, except } = options;
    const again: { id: string }[] = await this.#free(tx, except)
      .join('teardown_checks as c', 'c.environment_id', 'e.id')
      .where('c.again_at', '<=', now)
      .orderBy('c.again_at')
      .limit(limit);
    const soon: { id: string }[] = await this.#free(tx, [
      ...except,
      ...again.map(({ id }) => id),
    ])
      .leftJoin('teardown_checks as c', 'c.environment_id', 'e.id')
      .where('l.due_at', '>', now)
      .where('l.due_at', '<=', addSeconds(now, beforeSeconds))
      .whereRaw(
        `l.due_at - ${LEAD} <= :now
         AND ${LEAD} >= :shortest * interval '1 second'
         AND c.again_at IS NULL
         AND (c.checked_at IS NULL OR c.checked_at < l.due_at - :leads * ${LEAD})`,
        {
          now,
          before: beforeSeconds,
          shortest: SHORTEST_LEAD_SECONDS,
          leads: LEADS_THAT_HOLD,
        },
      )
      .orderBy('l.due_at')
      .limit(limit - again.length);
    return [...again, ...soon].map(({ id }) => id);
  }

  /** Teardowns of which somebody must be told; others leave them alone for a minute. */
  async takeUntold(
    tx: Transaction,
    now: Date,
    limit: number,
  ): Promise<UntoldCheck[]> {
    const due = tx('teardown_checks')
      .whereNotNull('failing_since')
      .whereNull('told_at')
      .where('tell_at', '<=', now)
      .orderBy('tell_at')
      .limit(limit)
      .select('environment_id')
      .forUpdate()
      .skipLocked();
    const rows: UntoldRow[] = await tx
      .with('taken', taken =>
        taken
          .from('teardown_checks')
          .whereIn('environment_id', due)
          .update({ tell_at: addSeconds(now, TELLING_SECONDS) })
          .returning('*'),
      )
      .from('taken as c')
      .join('environments as e', 'e.id', 'c.environment_id')
      .join('leases as l', 'l.environment_id', 'c.environment_id')
      .select('c.*', 'e.name', 'e.owner_ref', 'e.created_by', 'l.due_at');
    return rows.map(row => ({
      ...toCheckRecord(row),
      environmentName: row.name,
      owner: row.owner_ref,
      createdBy: row.created_by,
      dueAt: row.due_at ?? undefined,
      tellFailures: row.tell_failures,
    }));
  }

  async told(tx: Transaction, environmentId: string, at: Date): Promise<void> {
    await tx('teardown_checks')
      .where({ environment_id: environmentId })
      .update({ told_at: at });
  }

  async tellLater(
    tx: Transaction,
    environmentId: string,
    at: Date,
  ): Promise<void> {
    await tx('teardown_checks')
      .where({ environment_id: environmentId })
      .update({ tell_at: at })
      .increment('tell_failures');
  }

  /** Environments that a destroy could begin on now. */
  #free(tx: Knex.Transaction, except: string[]): Knex.QueryBuilder {
    return tx('environments as e')
      .join('leases as l', 'l.environment_id', 'e.id')
      .where('e.trial', false)
      .whereIn('e.state', DESTROYABLE)
      .whereIn('l.stage', ['running', 'grace', 'blocked'])
      .whereNotIn('e.id', except)
      .whereNotExists(
        tx('operations as o')
          .whereRaw('o.environment_id = e.id')
          .whereIn('o.state', UNFINISHED_STATES),
      )
      .select('e.id')
      .forUpdate('e')
      .skipLocked();
  }

  async #write(
    tx: Transaction,
    environmentId: string,
    columns: object,
  ): Promise<void> {
    await tx('teardown_checks')
      .insert({ environment_id: environmentId, ...columns })
      .onConflict('environment_id')
      .merge(Object.keys(columns));
  }
}

/** @param row of a check that came to an answer */
export function toCheckRecord(row: CheckRow): CheckRecord {
  return {
    environmentId: row.environment_id,
    operationId: row.operation_id!,
    operationNumber: row.operation_number!,
    checkedAt: row.checked_at!,
    removes: row.removes,
    problems: row.problems,
    cautions: row.cautions,
    failingSince: row.failing_since ?? undefined,
    toldAt: row.told_at ?? undefined,
  };
}
