import { Knex } from 'knex';
import { addSeconds } from '../../clock';
import { Transaction } from '../../database';
import { Counts, Watch, Window } from './leap';

/** How a brake came to its end: by an operator, or by itself. */
export type BrakeEnd = 'released' | 'postponed' | 'lifted';

/** What was said of a brake. */
export interface BrakeWord {
  end: BrakeEnd;
  by: string;
  reason: string;
  at: Date;
  /** Of a postponement: nothing of them falls due before. */
  until?: Date;
}

/** Leases that fell due in a leap, held for a word. */
export interface Brake {
  id: string;
  /** Moves whenever it holds other leases than before. */
  revision: number;
  since: Date;
  window: Window;
  /** As it was set. */
  counts: Counts;
  /** Once there is one. */
  word?: BrakeWord;
  /** Attempts to tell of it that failed. */
  tellFailures: number;
}

export type NewBrake = Pick<Brake, 'id' | 'since' | 'window' | 'counts'>;

interface WatchRow {
  id: 1;
  looked_up_to: Date;
  leapt_at: Date | null;
  let_through: number;
}

interface BrakeRow {
  id: string;
  revision: number;
  since: Date;
  due_after: Date;
  due_until: Date;
  falling: number;
  living: number;
  word: BrakeEnd | null;
  word_by: string | null;
  word_at: Date | null;
  reason: string | null;
  postponed_until: Date | null;
  done_at: Date | null;
  tell_at: Date | null;
  tell_failures: number;
}

/** Longer than any attempt to tell takes: who dies in the midst leaves it to others then. */
const TELLING_SECONDS = 60;

/** How far in time leases were swept, and the brakes that were set. */
export class BrakeStore {
  async watch(tx: Transaction): Promise<Watch | undefined> {
    const row = await tx<WatchRow>('lease_watch').first();
    return row && toWatch(row);
  }

  /** One that nobody else changes until the transaction ends, begun there if there was none. */
  async lockWatch(tx: Knex.Transaction, lookedUpTo: Date): Promise<Watch> {
    await tx<WatchRow>('lease_watch')
      .insert({ id: 1, looked_up_to: lookedUpTo, let_through: 0 })
      .onConflict('id')
      .ignore();
    const row = await tx<WatchRow>('lease_watch').forUpdate().first();
    return toWatch(row!);
  }

  async setWatch(tx: Transaction, watch: Watch): Promise<void> {
    await tx<WatchRow>('lease_watch').update({
      looked_up_to: watch.lookedUpTo,
      leapt_at: watch.leaptAt ?? null,
      let_through: watch.letThrough,
    });
  }

  /** Those that hold leases, also while these are being postponed; the one without a word first. */
  async holding(tx: Transaction): Promise<Brake[]> {
    const rows = await tx<BrakeRow>('lease_brakes')
      .whereNull('done_at')
      .orderByRaw('word IS NOT NULL, since DESC, id');
    return rows.map(toBrake);
  }

  /** The one without a word, which nobody else changes until the transaction ends. */
  async lockOpen(tx: Knex.Transaction): Promise<Brake | undefined> {
    const row = await tx<BrakeRow>('lease_brakes')
      .whereNull('word')
      .forUpdate()
      .first();
    return row && toBrake(row);
  }

  /** Released ones that may have held what was due then or later. */
  async releasedSince(tx: Transaction, due: Date): Promise<Brake[]> {
    const rows = await tx<BrakeRow>('lease_brakes')
      .where({ word: 'released' })
      .where('due_until', '>=', due)
      .orderBy('word_at', 'desc');
    return rows.map(toBrake);
  }

  async add(tx: Transaction, brake: NewBrake): Promise<void> {
    await tx<BrakeRow>('lease_brakes').insert({
      id: brake.id,
      revision: 1,
      since: brake.since,
      due_after: brake.window.after,
      due_until: brake.window.until,
      falling: brake.counts.falling,
      living: brake.counts.living,
      tell_at: brake.since,
      tell_failures: 0,
    });
  }

  /** It holds more or less than before; of more, operators are told again. */
  async setWindow(
    tx: Transaction,
    { id, revision, window }: Brake,
    { until }: Window,
    { falling, living }: Counts,
  ): Promise<void> {
    await tx<BrakeRow>('lease_brakes')
      .where({ id })
      .update({
        revision: revision + 1,
        due_until: until,
        falling,
        living,
        ...(until > window.until && { tell_at: until }),
      });
  }

  async speak(
    tx: Transaction,
    { id }: Pick<Brake, 'id'>,
    { end, by, reason, at, until }: BrakeWord,
  ): Promise<void> {
    await tx<BrakeRow>('lease_brakes')
      .where({ id })
      .update({
        word: end,
        word_by: by,
        word_at: at,
        reason,
        postponed_until: until ?? null,
        // What is to be postponed is held until it is.
        done_at: end === 'postponed' ? null : at,
        tell_at: null,
      });
  }

  async done(
    tx: Transaction,
    { id }: Pick<Brake, 'id'>,
    at: Date,
  ): Promise<void> {
    await tx<BrakeRow>('lease_brakes').where({ id }).update({ done_at: at });
  }

  /** What falls due in a window, and all that has an end. */
  async count(tx: Transaction, window: Window): Promise<Counts> {
    const row = await tx('leases')
      .whereNotNull('due_at')
      .first(
        tx.raw(
          'count(*) FILTER (WHERE due_at > ? AND due_at <= ?)::int AS falling',
          [window.after, window.until],
        ),
        tx.raw('count(*)::int AS living'),
      );
    return row;
  }

  async holdsAny(tx: Transaction, { after, until }: Window): Promise<boolean> {
    const row = await tx('leases')
      .where('due_at', '>', after)
      .where('due_at', '<=', until)
      .first('environment_id');
    return row !== undefined;
  }

  /** Environments that wait in a window and are at hand, locked as for any change of their lease. */
  async lockWaiting(
    tx: Knex.Transaction,
    { after, until }: Window,
    { limit, except }: { limit: number; except: string[] },
  ): Promise<string[]> {
    const rows: { id: string }[] = await tx('leases as l')
      .join('environments as e', 'e.id', 'l.environment_id')
      .where('l.due_at', '>', after)
      .where('l.due_at', '<=', until)
      .whereNotIn('l.environment_id', except)
      .orderBy('l.due_at')
      .limit(limit)
      .select('e.id')
      .forUpdate('e', 'l')
      .skipLocked();
    return rows.map(row => row.id);
  }

  /** One that operators must be told of; others leave it alone for a minute. */
  async takeUntold(tx: Transaction, now: Date): Promise<Brake | undefined> {
    const rows: BrakeRow[] = await tx<BrakeRow>('lease_brakes')
      .whereNull('word')
      .where('tell_at', '<=', now)
      .update({ tell_at: addSeconds(now, TELLING_SECONDS) })
      .returning('*');
    return rows.map(toBrake)[0];
  }

  /** Not again, unless it has come to hold others meanwhile. */
  async told(tx: Transaction, { id, revision }: Brake): Promise<void> {
    await tx<BrakeRow>('lease_brakes')
      .where({ id, revision })
      .update({ tell_at: null });
  }

  async tellLater(
    tx: Transaction,
    { id }: Pick<Brake, 'id'>,
    at: Date,
  ): Promise<void> {
    await tx<BrakeRow>('lease_brakes')
      .where({ id })
      .update({ tell_at: at })
      .increment('tell_failures');
  }
}

function toWatch(row: WatchRow): Watch {
  return {
    lookedUpTo: row.looked_up_to,
    leaptAt: row.leapt_at ?? undefined,
    letThrough: row.let_through,
  };
}

function toBrake(row: BrakeRow): Brake {
  const { word, word_by: by, word_at: at, reason } = row;
  return {
    id: row.id,
    revision: row.revision,
    since: row.since,
    window: { after: row.due_after, until: row.due_until },
    counts: { falling: row.falling, living: row.living },
    word:
      word && by !== null && at && reason !== null
        ? {
            end: word,
            by,
            at,
            reason,
            until: row.postponed_until ?? undefined,
          }
        : undefined,
    tellFailures: row.tell_failures,
  };
}
