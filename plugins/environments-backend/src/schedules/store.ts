import { Knex } from 'knex';
import { Transition } from '@greenroom/plugin-environments-common';
import { Transaction } from '../database';
import { UNFINISHED_STATES } from '../operations/machine/lifecycle';
import { ResolvedSchedule } from './settings';

export interface ScheduleRecord {
  environmentId: string;
  /** Absent: it is on all the time. */
  resolved?: ResolvedSchedule;
  /** Nobody has resolved it yet. */
  isNew: boolean;
  /** What the schedule wanted up to then is done. */
  lookedAt: Date;
  next?: Transition;
  /** The pause by which its schedule, or the grace of its lease, let it sleep. */
  asleepBy?: string;
}

/** What one look at a schedule has come to. */
export interface ScheduleLook extends Omit<
  ScheduleRecord,
  'environmentId' | 'isNew'
> {
  settingsDigest: string;
}

interface ScheduleRow {
  environment_id: string;
  schedule: ResolvedSchedule['schedule'] | null;
  rule: string | null;
  looked_at: Date;
  next_at: Date | null;
  next_kind: Transition['kind'] | null;
  settings_digest: string | null;
  asleep_by: string | null;
}

/** When environments sleep and wake next. */
export class ScheduleStore {
  /** It is looked at as soon as somebody looks. */
  async insert(tx: Transaction, environmentId: string, now: Date) {
    await tx('environment_schedules').insert({
      environment_id: environmentId,
      looked_at: now,
      next_at: now,
    });
  }

  async find(
    tx: Transaction,
    environmentId: string,
  ): Promise<ScheduleRecord | undefined> {
    const row = await tx<ScheduleRow>('environment_schedules')
      .where({ environment_id: environmentId })
      .first();
    return row && toRecord(row);
  }

  async update(
    tx: Transaction,
    environmentId: string,
    { resolved, lookedAt, next, asleepBy, settingsDigest }: ScheduleLook,
  ): Promise<void> {
    await tx('environment_schedules')
      .where({ environment_id: environmentId })
      .update({
        schedule: resolved ? JSON.stringify(resolved.schedule) : null,
        rule: resolved?.rule ?? null,
        looked_at: lookedAt,
        next_at: next?.at ?? null,
        next_kind: next?.kind ?? null,
        asleep_by: asleepBy ?? null,
        settings_digest: settingsDigest,
      });
  }

  async setAsleepBy(
    tx: Transaction,
    environmentId: string,
    pauseId: string,
  ): Promise<void> {
    await tx('environment_schedules')
      .where({ environment_id: environmentId })
      .update({ asleep_by: pauseId });
  }

  async remove(tx: Transaction, environmentId: string): Promise<void> {
    await tx('environment_schedules')
      .where({ environment_id: environmentId })
      .delete();
  }

  /** It is to be looked at anew, for what it follows from is another. */
  async touch(tx: Transaction, environmentId: string, now: Date) {
    await tx('environment_schedules')
      .where({ environment_id: environmentId })
      .update({ next_at: now, next_kind: null });
  }

  /** The same of all that were resolved by another configuration. */
  async touchOutdated(tx: Transaction, settingsDigest: string, now: Date) {
    await tx('environment_schedules')
      .whereRaw('settings_digest IS DISTINCT FROM ?', [settingsDigest])
      .update({ next_at: now, next_kind: null });
  }

  /**
   * Environments that are due and free, the longest due first. As with leases it is the
   * environments that are locked, and one that is busy is due still when it is free.
   */
  async lockDue(
    tx: Knex.Transaction,
    now: Date,
    { limit, except }: { limit: number; except: string[] },
  ): Promise<ScheduleRecord[]> {
    const rows: ScheduleRow[] = await tx('environment_schedules as s')
      .join('environments as e', 'e.id', 's.environment_id')
      .where('s.next_at', '<=', now)
      .whereNotIn('s.environment_id', except)
      .whereNotExists(
        tx('operations as o')
          .whereRaw('o.environment_id = s.environment_id')
          .whereIn('o.state', UNFINISHED_STATES),
      )
      .orderBy('s.next_at')
      .limit(limit)
      .select('s.*')
      .forUpdate('e')
      .skipLocked();
    return rows.map(toRecord);
  }
}

function toRecord(row: ScheduleRow): ScheduleRecord {
  const { schedule, rule, next_at: at, next_kind: kind } = row;
  return {
    environmentId: row.environment_id,
    resolved: schedule && rule !== null ? { schedule, rule } : undefined,
    isNew: row.settings_digest === null,
    lookedAt: row.looked_at,
    next: at && kind ? { kind, at } : undefined,
    asleepBy: row.asleep_by ?? undefined,
  };
}
