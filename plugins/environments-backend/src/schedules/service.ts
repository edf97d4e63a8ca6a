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

  /** It is meant to be something else: its schedule may be another, too. */
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
