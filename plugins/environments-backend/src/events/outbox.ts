import { EnvironmentState } from '@greenroom/plugin-environments-common';
import { Clock } from '../clock';
import { Transaction } from '../database';

/** Other plugins follow environments by this topic of the events service. */
export const ENVIRONMENTS_CHANGED_TOPIC = 'environments.changed';

/** The payload of {@link ENVIRONMENTS_CHANGED_TOPIC}; says what to read again, no more. */
export interface EnvironmentChanged {
  environmentId: string;
  name: string;
  state: EnvironmentState;
}

export interface OutboxMessage {
  id: string;
  topic: string;
  payload: EnvironmentChanged;
}

/** Messages written in the transaction of the change they tell of: told if and only if it is. */
export class Outbox {
  constructor(private readonly options: { clock: Clock }) {}

  async add(tx: Transaction, change: EnvironmentChanged): Promise<void> {
    await tx('outbox').insert({
      topic: ENVIRONMENTS_CHANGED_TOPIC,
      payload: JSON.stringify(change),
      created_at: this.options.clock.now(),
    });
  }

  /** The oldest messages, locked against other replicas until the transaction ends. */
  async next(tx: Transaction, limit: number): Promise<OutboxMessage[]> {
    return tx<OutboxMessage>('outbox')
      .orderBy('id')
      .limit(limit)
      .forUpdate()
      .skipLocked();
  }

  async remove(tx: Transaction, ids: string[]): Promise<void> {
    await tx('outbox').whereIn('id', ids).delete();
  }
}
