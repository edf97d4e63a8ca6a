import { Knex } from 'knex';
import { BlueprintIdle } from '@greenroom/plugin-environments-common';
import { Transaction } from '../../database';

/** A probe of one environment, and what is known by it. */
export interface ProbeRecord {
  environmentId: string;
  name: string;
  everySeconds: number;
  /** It draws on a component that the environment does without. */
  moot: boolean;
  answeredAt?: Date;
  value?: string;
  quietSince?: Date;
  problem?: string;
  failingSince?: Date;
  /** When somebody was told that it fails; absent: nobody was. */
  toldAt?: Date;
}

/** One that is this process's to ask until then. */
export interface ProbeClaim {
  probe: ProbeRecord;
  until: Date;
}

interface ProbeRow {
  environment_id: string;
  name: string;
  every_seconds: number;
  moot: boolean;
  next_at: Date;
  answered_at: Date | null;
  value: string | null;
  quiet_since: Date | null;
  problem: string | null;
  failing_since: Date | null;
  told_at: Date | null;
}

/** What probes have said, and when they are asked next. */
export class ProbeStore {
  async of(tx: Transaction, environmentId: string): Promise<ProbeRecord[]> {
    const rows = await tx<ProbeRow>('activity_probes')
      .where({ environment_id: environmentId })
      .orderBy('name');
    return rows.map(toRecord);
  }

  /** Those of an environment from now on; new ones are asked as soon as somebody looks. */
  async keep(
    tx: Transaction,
    environmentId: string,
    probes: BlueprintIdle['probes'],
    now: Date,
  ): Promise<void> {
    await tx('activity_probes')
      .where({ environment_id: environmentId })
      .whereNotIn(
        'name',
        probes.map(({ name }) => name),
      )
      .delete();
    if (probes.length === 0) return;
    await tx('activity_probes')
      .insert(
        probes.map(({ name, everySeconds }) => ({
          environment_id: environmentId,
          name,
          every_seconds: everySeconds,
          next_at: now,
        })),
      )
      .onConflict(['environment_id', 'name'])
      .merge(['every_seconds']);
  }

  /** Takes one that is due and that nobody else has taken; whoever dies with it leaves it to others then. */
  async claim(
    tx: Transaction,
    now: Date,
    until: Date,
  ): Promise<ProbeClaim | undefined> {
    const { rows }: { rows: ProbeRow[] } = await tx.raw(
      `UPDATE activity_probes SET next_at = :until
       WHERE (environment_id, name) IN (
         SELECT environment_id, name FROM activity_probes
         WHERE next_at <= :now ORDER BY next_at LIMIT 1
         FOR UPDATE SKIP LOCKED
       ) RETURNING *`,
      { now, until },
    );
    const [row] = rows;
    return row && { probe: toRecord(row), until };
  }

  /** Nothing, when it is not the claimant's any more. */
  async settle(
    tx: Transaction,
    { probe, until }: ProbeClaim,
    nextAt: Date,
  ): Promise<void> {
    const { environmentId, name } = probe;
    await tx('activity_probes')
      .where({ environment_id: environmentId, name, next_at: until })
      .update({
        next_at: nextAt,
        moot: probe.moot,
        answered_at: probe.answeredAt ?? null,
        value: probe.value ?? null,
        quiet_since: probe.quietSince ?? null,
        problem: probe.problem ?? null,
        failing_since: probe.failingSince ?? null,
        told_at: probe.toldAt ?? null,
      });
  }

  async told(
    tx: Knex,
    { environmentId, name }: Pick<ProbeRecord, 'environmentId' | 'name'>,
    now: Date,
  ): Promise<void> {
    await tx('activity_probes')
      .where({ environment_id: environmentId, name })
      .update({ told_at: now });
  }
}

function toRecord(row: ProbeRow): ProbeRecord {
  return {
    environmentId: row.environment_id,
    name: row.name,
    everySeconds: row.every_seconds,
    moot: row.moot,
    answeredAt: row.answered_at ?? undefined,
    value: row.value ?? undefined,
    quietSince: row.quiet_since ?? undefined,
    problem: row.problem ?? undefined,
    failingSince: row.failing_since ?? undefined,
    toldAt: row.told_at ?? undefined,
  };
}
