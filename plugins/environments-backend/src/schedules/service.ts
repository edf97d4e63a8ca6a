import { Knex } from 'knex';
import { EnvironmentSchedule } from '@greenroom/plugin-environments-common';
import { Clock } from '../clock';
import { Transaction } from '../database';
import { ScheduleStore } from './store';

/** What other rooms have to do with sleeping and waking. */
export class ScheduleService {
  constructor(
    private readonly options: { store: ScheduleStore; clock: Clock },
  ) {}

  /** A new environment sleeps from the next time on that its schedule says so. */
  async begin(tx: Knex.Transaction, environmentId: string): Promise<void> {
    const { store, clock } = this.options;
    await store.insert(tx, environmentId, clock.now());
  }

  /** By a pause that nobody asked for: it is to wake once nothing wants it asleep any more. */
  async asleep(
    tx: Knex.Transaction,
    environmentId: string,
    pauseId: string,
  ): Promise<void> {
    await this.options.store.setAsleepBy(tx, environmentId, pauseId);
  }

  /** What lets it sleep may be otherwise: it is meant to be something else, or lives on. */
  async changed(tx: Knex.Transaction, environmentId: string): Promise<void> {
    const { store, clock } = this.options;
    await store.touch(tx, environmentId, clock.now());
  }

  /** Undefined: it is on all the time, or nobody has looked yet. */
  async get(
    tx: Transaction,
    environmentId: string,
  ): Promise<EnvironmentSchedule | undefined> {
    const record = await this.options.store.find(tx, environmentId);
    if (!record?.resolved) return undefined;
    const { next, resolved } = record;
    return {
      ...resolved.schedule,
      rule: resolved.rule,
      ...(next && { next: { kind: next.kind, at: next.at.toISOString() } }),
    };
  }
}
