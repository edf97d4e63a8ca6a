import { Knex } from 'knex';
import { MoreTimeState } from '@greenroom/plugin-environments-common';
import { addSeconds } from '../../clock';
import { Transaction } from '../../database';
import { NewTimeRequest, TimeAnswer, TimeRequest } from './request';

export interface TimeRequestRow {
  id: string;
  environment_id: string;
  asked_by: string;
  asked_at: Date;
  wanted_end: Date;
  reason: string;
  limit_in_the_way: TimeRequest['limit'];
  state: MoreTimeState;
  answered_by: string | null;
  answered_at: Date | null;
  answer: string | null;
  tell_at: Date | null;
  tell_failures: number;
}

/** A request of whose state somebody is to be told. */
export interface UntoldTimeRequest extends TimeRequest {
  environmentName: string;
  owner: string;
  /** When the environment ends as it is. */
  expiresAt?: Date;
  /** Attempts to tell it that failed. */
  tellFailures: number;
}

type UntoldRow = TimeRequestRow & {
  name: string;
  owner_ref: string;
  expires_at: Date | null;
};

/** Longer than any attempt to tell takes: who dies in the midst leaves it to others then. */
const TELLING_SECONDS = 60;

/** Requests for more time; whoever writes one has locked its environment. */
export class TimeRequestStore {
  /** The last one; undefined: nobody has asked. */
  async last(
    tx: Transaction,
    environmentId: string,
  ): Promise<TimeRequest | undefined> {
    const row = await tx<TimeRequestRow>('lease_more_time')
      .where({ environment_id: environmentId })
      .orderBy('asked_at', 'desc')
      .orderBy('id')
      .first();
    return row && toTimeRequest(row);
  }

  async waiting(
    tx: Transaction,
    environmentId: string,
  ): Promise<TimeRequest | undefined> {
    const row = await tx<TimeRequestRow>('lease_more_time')
      .where({ environment_id: environmentId, state: 'waiting' })
      .first();
    return row && toTimeRequest(row);
  }

  async find(
    tx: Transaction,
    environmentId: string,
    id: string,
  ): Promise<TimeRequest | undefined> {
    const row = await tx<TimeRequestRow>('lease_more_time')
      .where({ id, environment_id: environmentId })
      .first();
    return row && toTimeRequest(row);
  }

  async add(tx: Transaction, request: NewTimeRequest): Promise<void> {
    await tx('lease_more_time').insert({
      id: request.id,
      environment_id: request.environmentId,
      asked_by: request.askedBy,
      asked_at: request.askedAt,
      wanted_end: request.wantedEnd,
      reason: request.reason,
      limit_in_the_way: JSON.stringify(request.limit),
      state: 'waiting',
      tell_at: request.askedAt,
    });
  }

  async answer(
    tx: Transaction,
    { id }: Pick<TimeRequest, 'id'>,
    state: Exclude<MoreTimeState, 'waiting'>,
    { by, at, reason }: TimeAnswer,
  ): Promise<void> {
    await tx<TimeRequestRow>('lease_more_time')
      .where({ id, state: 'waiting' })
      .update({
        state,
        answered_by: by,
        answered_at: at,
        answer: reason,
        // Whoever withdraws it knows.
        tell_at: state === 'withdrawn' ? null : at,
        tell_failures: 0,
      });
  }

  /**
   * Requests that nobody needs to answer any more, with their environments locked as for any change
   * of a lease; what somebody else has in hand comes later.
   */
  async lockOver(
    tx: Knex.Transaction,
    now: Date,
    { limit, except }: { limit: number; except: string[] },
  ): Promise<TimeRequest[]> {
    const rows: TimeRequestRow[] = await tx('lease_more_time as r')
      .join('environments as e', 'e.id', 'r.environment_id')
      .join('leases as l', 'l.environment_id', 'r.environment_id')
      .where('r.state', 'waiting')
      .whereNotIn('r.environment_id', except)
      .where(over =>
        over
          .whereIn('l.stage', ['ending', 'ended'])
          .orWhereRaw('r.wanted_end <= GREATEST(l.expires_at, ?)', [now]),
      )
      .orderBy(['r.asked_at', 'r.id'])
      .limit(limit)
      .select('r.*')
      .forUpdate('e', 'l', 'r')
      .skipLocked();
    return rows.map(toTimeRequest);
  }

  /** Those that somebody must be told of; others leave them alone for a minute. */
  async takeUntold(
    tx: Transaction,
    now: Date,
    limit: number,
  ): Promise<UntoldTimeRequest[]> {
    const due = tx('lease_more_time')
      .where('tell_at', '<=', now)
      .orderBy('tell_at')
      .limit(limit)
      .select('id')
      .forUpdate()
      .skipLocked();
    const rows: UntoldRow[] = await tx
      .with('taken', taken =>
        taken
          .from('lease_more_time')
          .whereIn('id', due)
          .update({ tell_at: addSeconds(now, TELLING_SECONDS) })
          .returning('*'),
      )
      .from('taken as r')
      .join('environments as e', 'e.id', 'r.environment_id')
      .join('leases as l', 'l.environment_id', 'r.environment_id')
      .select('r.*', 'e.name', 'e.owner_ref', 'l.expires_at');
    return rows.map(row => ({
      ...toTimeRequest(row),
      environmentName: row.name,
      owner: row.owner_ref,
      expiresAt: row.expires_at ?? undefined,
      tellFailures: row.tell_failures,
    }));
  }

  /** Not again, unless it was answered meanwhile. */
  async told(
    tx: Transaction,
    { id, state }: Pick<TimeRequest, 'id' | 'state'>,
  ): Promise<void> {
    await tx<TimeRequestRow>('lease_more_time')
      .where({ id, state })
      .update({ tell_at: null });
  }

  async tellLater(
    tx: Transaction,
    { id, state }: Pick<TimeRequest, 'id' | 'state'>,
    at: Date,
  ): Promise<void> {
    await tx<TimeRequestRow>('lease_more_time')
      .where({ id, state })
      .update({ tell_at: at })
      .increment('tell_failures');
  }
}

export function toTimeRequest(row: TimeRequestRow): TimeRequest {
  const { answered_by: by, answered_at: at, answer: reason } = row;
  return {
    id: row.id,
    environmentId: row.environment_id,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    wantedEnd: row.wanted_end,
    reason: row.reason,
    limit: row.limit_in_the_way,
    state: row.state,
    answer:
      by !== null && at && reason !== null ? { by, at, reason } : undefined,
  };
}
