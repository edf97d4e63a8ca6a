import { Knex } from 'knex';
import {
  ActivitySignal,
  BlueprintIdle,
} from '@greenroom/plugin-environments-common';
import { addSeconds, momentOf } from '../clock';
import { Transaction } from '../database';
import { UNFINISHED_STATES } from '../operations/machine/lifecycle';
import { IdleEnding, NOTED_SECONDS, Seen } from './rule';

/** What was seen, and what says so. */
export interface Sighting extends Seen {
  evidence: ActivitySignal['evidence'];
}

export interface ActivityRecord {
  environmentId: string;
  /** Absent: it has none. */
  idle?: BlueprintIdle;
  since: Date;
  nextAt?: Date;
  /** Use from then on needs a look. */
  heedFrom?: Date;
  ending?: IdleEnding;
}

interface ActivityRow {
  environment_id: string;
  idle: BlueprintIdle | null;
  since: Date;
  next_at: Date | null;
  heed_from: Date | null;
  ended: {
    quietSince: string;
    expiresAt: string;
    before: { expiresAt?: string; reason: string };
  } | null;
}

interface SignalRow {
  environment_id: string;
  signal: string;
  seen_at: Date;
  evidence: Sighting['evidence'];
}

/** Places that use is told apart by; what is reported under more names counts as seen among others. */
const SIGNALS = 20;

/** What is seen of use, and when to look at it. */
export class ActivityStore {
  /** It is looked at as soon as somebody looks. */
  async insert(tx: Transaction, environmentId: string, now: Date) {
    await tx('environment_activity').insert({
      environment_id: environmentId,
      since: now,
      next_at: now,
    });
  }

  async find(
    tx: Transaction,
    environmentId: string,
  ): Promise<ActivityRecord | undefined> {
    const row = await tx<ActivityRow>('environment_activity')
      .where({ environment_id: environmentId })
      .first();
    return row && toRecord(row);
  }

  async update(
    tx: Transaction,
    { environmentId, idle, nextAt, heedFrom, ending }: ActivityRecord,
  ): Promise<void> {
    await tx('environment_activity')
      .where({ environment_id: environmentId })
      .update({
        idle: idle ? JSON.stringify(idle) : null,
        next_at: nextAt ?? null,
        heed_from: heedFrom ?? null,
        ended: ending ? JSON.stringify(ending) : null,
      });
  }

  async remove(tx: Transaction, environmentId: string): Promise<void> {
    await tx('environment_activity')
      .where({ environment_id: environmentId })
      .delete();
  }

  /** It is on, or another than before: that counts as use. */
  async touch(tx: Transaction, environmentId: string, now: Date) {
    await tx('environment_activity')
      .where({ environment_id: environmentId })
      .update({ since: now, next_at: now });
  }

  /**
   * Notes down what was seen, not more than once a minute. Whoever decides that the environment is
   * idle has its row locked: this is seen by them, or comes after them and has them look again.
   */
  async note(
    tx: Transaction,
    environmentId: string,
    { signal, at, evidence }: Sighting,
    now: Date,
  ): Promise<void> {
    await tx.raw(
      `WITH present AS (
         SELECT environment_id, heed_from FROM environment_activity
         WHERE environment_id = :environmentId FOR UPDATE
       ), noted AS (
         INSERT INTO activity_signals (environment_id, signal, seen_at, evidence)
         SELECT environment_id, CASE
           WHEN (SELECT count(*) FROM activity_signals s WHERE s.environment_id = present.environment_id AND s.signal <> :signal) < :most
           THEN :signal ELSE 'others' END, :at, :evidence
         FROM present
         ON CONFLICT (environment_id, signal) DO UPDATE
           SET seen_at = excluded.seen_at, evidence = excluded.evidence
           WHERE activity_signals.seen_at <= :before
         RETURNING environment_id
       )
       UPDATE environment_activity a SET next_at = :now
       FROM noted JOIN present USING (environment_id)
       WHERE a.environment_id = noted.environment_id AND present.heed_from <= :at`,
      {
        environmentId,
        signal,
        at,
        evidence: JSON.stringify(evidence),
        most: SIGNALS,
        before: addSeconds(at, -NOTED_SECONDS),
        now,
      },
    );
  }

  /** Newest first. */
  async signals(tx: Transaction, environmentId: string): Promise<Sighting[]> {
    const rows = await tx<SignalRow>('activity_signals')
      .where({ environment_id: environmentId })
      .orderBy('seen_at', 'desc');
    return rows.map(({ signal, seen_at: at, evidence }) => ({
      signal,
      at,
      evidence,
    }));
  }

  /**
   * Environments to be looked at that are free, the longest due first. Both they and what is known
   * of their use are locked; one that somebody else has in hand is left to the next time.
   */
  async lockDue(
    tx: Knex.Transaction,
    now: Date,
    { limit, except }: { limit: number; except: string[] },
  ): Promise<ActivityRecord[]> {
    const rows: ActivityRow[] = await tx('environment_activity as a')
      .join('environments as e', 'e.id', 'a.environment_id')
      .where('a.next_at', '<=', now)
      .whereNotIn('a.environment_id', except)
      .whereNotExists(
        tx('operations as o')
          .whereRaw('o.environment_id = a.environment_id')
          .whereIn('o.state', UNFINISHED_STATES),
      )
      .orderBy('a.next_at')
      .limit(limit)
      .select('a.*')
      .forUpdate('e', 'a')
      .skipLocked();
    return rows.map(toRecord);
  }

  /** Since when the portal has been there to see use, without a gap. */
  async listeningSince(tx: Transaction): Promise<Date> {
    const row = await tx('activity_listening').first<{ since: Date }>('since');
    return row!.since;
  }

  /**
   * It is there now.
   *
   * @param gapSeconds away for longer, it can't have seen what was meanwhile
   */
  async listen(
    tx: Transaction,
    now: Date,
    { everySeconds, gapSeconds }: { everySeconds: number; gapSeconds: number },
  ): Promise<void> {
    await tx.raw(
      `UPDATE activity_listening
       SET last_at = :now, since = CASE WHEN last_at BETWEEN :from AND :until THEN since ELSE :now END
       WHERE last_at <= :due OR last_at > :until`,
      {
        now,
        from: addSeconds(now, -gapSeconds),
        until: addSeconds(now, gapSeconds),
        due: addSeconds(now, -everySeconds),
      },
    );
  }
}

function toRecord(row: ActivityRow): ActivityRecord {
  const { ended } = row;
  return {
    environmentId: row.environment_id,
    idle: row.idle ?? undefined,
    since: row.since,
    nextAt: row.next_at ?? undefined,
    heedFrom: row.heed_from ?? undefined,
    ending: ended
      ? {
          quietSince: momentOf(ended.quietSince),
          expiresAt: momentOf(ended.expiresAt),
          before: {
            reason: ended.before.reason,
            expiresAt: ended.before.expiresAt
              ? momentOf(ended.before.expiresAt)
              : undefined,
          },
        }
      : undefined,
  };
}
