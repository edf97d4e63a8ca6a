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
  afterBack,
  afterLeap,
  afterLook,
  BrakeSettings,
  Clocks,
  isTooMany,
  isWithin,
  lookAt,
  Watch,
  Window,
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
    const { knex, brakes, databaseClock, brake: settings } = this.options;
    const database = await databaseClock.now(knex);
    const clocks = { upTo: earlierOf(now, database), database };
    const watch = await brakes.watch(knex);
    if (
      !watch ||
      lookAt(watch, clocks, settings).kind !== 'ordinary' ||
      clocks.upTo > addSeconds(watch.lookedUpTo, NOTE_SECONDS)
    ) {
      await this.#note(clocks);
    }
    const holding = await brakes.holding(knex);
    return { upTo: clocks.upTo, held: holding.map(({ window }) => window) };
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
  async #note(clocks: Clocks): Promise<void> {
    const { knex, brakes, logger, brake: settings } = this.options;
    const set = await knex.transaction(async tx => {
      const watch = await brakes.lockWatch(tx, clocks.upTo);
      const open = await brakes.lockOpen(tx);
      const look = lookAt(watch, clocks, settings);
      switch (look.kind) {
        case 'ordinary':
          await brakes.setWatch(tx, afterLook(watch, clocks));
          if (open && !(await brakes.holdsAny(tx, open.window))) {
            await this.#lift(tx, open, clocks, 'Nothing waits any more.');
          }
          return undefined;
        case 'back':
          await brakes.setWatch(tx, afterBack(watch, clocks));
          if (open) await this.#shorten(tx, open, clocks);
          return undefined;
        case 'leap':
          return open
            ? this.#extend(tx, open, watch, look.window)
            : this.#weigh(tx, watch, look.window);
        default:
          return look satisfies never;
      }
    });
    if (!set) return;
    const { id, window, counts } = set;
    logger.error(
      `The lease sweep last looked at ${window.after.toISOString()}, and the clock says ${window.until.toISOString()}: ${counts.falling} of ${counts.living} leases fell due meanwhile. None of them ends before an operator releases or postpones them: ./greenroom lease brake show`,
      {
        brake: id,
        falling: counts.falling,
        living: counts.living,
        dueAfter: window.after.toISOString(),
        dueUntil: window.until.toISOString(),
      },
    );
  }

  async #weigh(
    tx: Knex.Transaction,
    watch: Watch,
    window: Window,
  ): Promise<NewBrake | undefined> {
    const { brakes, ids, brake: settings } = this.options;
    const counts = await brakes.count(tx, window);
    const after = afterLeap(watch, window, counts, settings);
    await brakes.setWatch(tx, after.watch);
    if (!after.brake) return undefined;
    const set = { id: ids.id(), since: window.until, window, counts };
    await brakes.add(tx, set);
    await auditBrake(this.options.audit, tx, set, 'set', {
      at: set.since,
      by: LEASE_ACTOR,
      reason: 'Too many leases fell due in a leap of the clock.',
    });
    return set;
  }

  /** Whatever another leap brings waits as well: the clock is not to be trusted yet. */
  async #extend(
    tx: Knex.Transaction,
    open: Brake,
    watch: Watch,
    leap: Window,
  ): Promise<NewBrake | undefined> {
    const { brakes } = this.options;
    await brakes.setWatch(tx, {
      ...watch,
      lookedUpTo: leap.until,
      leaptAt: leap.until,
    });
    if (!(await brakes.holdsAny(tx, leap))) return undefined;
    const window = { after: open.window.after, until: leap.until };
    const counts = await brakes.count(tx, window);
    await brakes.setWindow(tx, open, window, counts);
    return { ...open, window, counts };
  }

  /** What is not due by the clock as it is now need not wait, nor do few. */
  async #shorten(
    tx: Knex.Transaction,
    open: Brake,
    clocks: Clocks,
  ): Promise<void> {
    const { brakes, brake: settings } = this.options;
    const { after, until } = open.window;
    if (until <= clocks.database) return;
    const window = { after, until: clocks.database };
    const counts = await brakes.count(tx, window);
    if (isTooMany(counts, settings)) {
      await brakes.setWindow(tx, open, window, counts);
    } else {
      await this.#lift(tx, open, clocks, 'The clock was set back.');
    }
  }

  async #lift(
    tx: Knex.Transaction,
    open: Brake,
    { database: at }: Clocks,
    reason: string,
  ): Promise<void> {
    const { brakes, audit, logger } = this.options;
    const word = { end: 'lifted' as const, by: LEASE_ACTOR, at, reason };
    await brakes.speak(tx, open, word);
    await auditBrake(audit, tx, open, word.end, word);
    logger.info(`The brake on ends of leases is lifted: ${reason}`);
  }
}
