import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { Loop, startLoop } from '../loop';
import { Outbox } from './outbox';

/** The pages listen here for a hint to fetch again; ids only, since everyone may listen. */
export const ENVIRONMENTS_SIGNAL_CHANNEL = 'environments';

/** Catches what was committed by a process that died before it told anyone. */
const INTERVAL_MS = 3000;
const BATCH = 100;

/**
 * Tells the outbox's messages to the events and signals services, each at least once: a process
 * that dies between telling and removing leaves the message to be told again.
 */
export class OutboxRelay {
  #loop?: Loop;

  constructor(
    private readonly options: {
      knex: Knex;
      outbox: Outbox;
      events: EventsService;
      signals: SignalsService;
      logger: LoggerService;
    },
  ) {}

  start(): void {
    this.#loop = startLoop({
      name: 'Telling of changed environments',
      intervalMs: INTERVAL_MS,
      run: () => this.relay(),
      logger: this.options.logger,
    });
  }

  async stop(): Promise<void> {
    await this.#loop?.stop();
  }

  /** Called after a commit that added messages. */
  hurry(): void {
    this.#loop?.hurry();
  }

  /** Tells everything that waits. */
  async relay(): Promise<void> {
    while ((await this.#relayBatch()) === BATCH);
  }

  async #relayBatch(): Promise<number> {
    const { knex, outbox, events, signals } = this.options;
    return knex.transaction(async tx => {
      const messages = await outbox.next(tx, BATCH);
      if (messages.length === 0) return 0;
      for (const { topic, payload } of messages) {
        await events.publish({ topic, eventPayload: payload });
      }
      await signals.publish({
        recipients: { type: 'broadcast' },
        channel: ENVIRONMENTS_SIGNAL_CHANNEL,
        message: {
          environmentIds: [
            ...new Set(messages.map(({ payload }) => payload.environmentId)),
          ],
        },
      });
      await outbox.remove(
        tx,
        messages.map(message => message.id),
      );
      return messages.length;
    });
  }
}
