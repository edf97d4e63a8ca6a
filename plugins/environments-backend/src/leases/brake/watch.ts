import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { AuditStore } from '../../audit/store';
import { addSeconds, earlierOf } from '../../clock';
import { DatabaseClock, Transaction } from '../../database';
import { IdMaker } from '../../ids';
import { LeaseProjection } from '../ledger';
import { LEASE_ACTOR } from '../service';
import { auditBrake } from './audit';
import {
  BrakeSettings,
  Clocks,
  Counts,
  isWithin,
  judge,
  lookAt,
  Verdict,
  Window,
  windowInQuestion,
} from './leap';
import { Brake, BrakeStore, NewBrake } from './store';

/** Looks are put on record as seldom as that; a leap is longer by far. */
const NOTE_SECONDS = 10;

/** Up to when the sweep may end leases, and what it has to leave alone. */
export interface Reach {
  upTo: Date;
  held: Window[];
}

/**
 * Keeps on record how far in time leases were swept, over all replicas and restarts, and sets the
 * brake when too many fall due in a leap of the clock: those wait for an operator's word.
 */
export class LeaseWatch {
  constructor(
    private readonly options: {
      knex: Knex;
      brakes: BrakeStore;
      audit: AuditStore;
      databaseClock: DatabaseClock;
      brake: BrakeSettings;
      ids: IdMaker;
      logger: LoggerService;
    },
  ) {}

  /** @param now by the clock of this process */
  async look(now: Date): Promise<Reach> {
    const { knex, brakes, brake: settings } = this.options;
    const clocks = await this.#clocks(knex, now);
    const watch = await brakes.watch(knex);
    if (
      !watch ||
      lookAt(watch, clocks, settings) !== 'ordinary' ||
      clocks.upTo > addSeconds(watch.lookedUpTo, NOTE_SECONDS)
    ) {
      await this.#note(now, clocks.upTo);
    }
    const holding = await brakes.holding(knex);
    return { upTo: clocks.upTo, held: holding.map(({ window }) => window) };
  }

  async #clocks(tx: Transaction, now: Date): Promise<Clocks> {
    const database = await this.options.databaseClock.now(tx);
    return { upTo: earlierOf(now, database), database };
  }

  /** Why each comes later than its time; undefined where no brake has held it. */
  async waited(
    tx: Transaction,
    due: { lease: Pick<LeaseProjection, 'dueAt'> }[],
  ): Promise<
    (one: { lease: Pick<LeaseProjection, 'dueAt'> }) => string | undefined
  > {
    const first = due
      .flatMap(({ lease }) => lease.dueAt ?? [])
      .reduce<Date | undefined>(
        (least, at) => (least ? earlierOf(least, at) : at),
        undefined,
      );
    const released = first
      ? await this.options.brakes.releasedSince(tx, first)
      : [];
    return ({ lease: { dueAt } }) => {
      const brake = released.find(({ window }) => isWithin(dueAt, window));
      return (
        brake?.word &&
        `it was held since the clock had leapt, until ${brake.word.by} released it at ${brake.word.at.toISOString()}: ${brake.word.reason}`
      );
    };
  }

  /** Of several replicas that see the same leap, the first decides. */
  async #note(now: Date, first: Date): Promise<void> {
    const { knex, brakes, brake: settings } = this.options;
    const set = await knex.transaction(async tx => {
      const watch = await brakes.lockWatch(tx, first);
      // Under the lock: what others have recorded meanwhile must not look as if it were to come.
      const clocks = await this.#clocks(tx, now);
      const open = await brakes.lockOpen(tx);
      const held = open?.window;
      const asked = windowInQuestion(watch, held, clocks, settings);
      const counts = asked
        ? await brakes.count(tx, asked)
        : { falling: 0, living: 0 };
      const verdict = judge(watch, held, clocks, counts, settings);
      await brakes.setWatch(tx, verdict.watch);
      return this.#follow(tx, open, verdict, counts);
    });
    if (set) this.#report(set);
  }

  /** @returns the brake, where it has come to hold more than before */
  async #follow(
    tx: Knex.Transaction,
    open: Brake | undefined,
    { watch, held }: Verdict,
    counts: Counts,
  ): Promise<NewBrake | undefined> {
    const { brakes, ids, audit } = this.options;
    if (!held) {
      if (open) await this.#lift(tx, open, watch.lookedUpTo);
      return undefined;
    }
    if (!open) {
      const set = { id: ids.id(), since: held.until, window: held, counts };
      await brakes.add(tx, set);
      await auditBrake(audit, tx, set, 'set', {
        at: set.since,
        by: LEASE_ACTOR,
        reason: 'Too many leases fell due in a leap of the clock.',
      });
      return set;
    }
    if (held.until.getTime() === open.window.until.getTime()) return undefined;
    await brakes.setWindow(tx, open, held, counts);
    return held.until > open.window.until
      ? { ...open, window: held, counts }
      : undefined;
  }

  async #lift(tx: Knex.Transaction, open: Brake, at: Date): Promise<void> {
    const { brakes, audit, logger } = this.options;
    const reason =
      open.window.until > at
        ? 'The clock was set back.'
        : 'Nothing waits any more.';
    const word = { end: 'lifted' as const, by: LEASE_ACTOR, at, reason };
    await brakes.speak(tx, open, word);
    await auditBrake(audit, tx, open, word.end, word);
    logger.info(`The brake on ends of leases is lifted: ${reason}`);
  }

  #report({ id, window, counts }: NewBrake): void {
    const [before, after] = [window.after, window.until].map(moment =>
      moment.toISOString(),
    );
    this.options.logger.error(
      `The lease sweep last looked at ${before}, and the clock says ${after}: ${counts.falling} of ${counts.living} leases fell due meanwhile. None of them ends before an operator releases or postpones them: ./greenroom lease brake show`,
      { brake: id, ...counts, dueAfter: before, dueUntil: after },
    );
  }
}
