import { setTimeout as wait } from 'node:timers/promises';
import { Knex } from 'knex';
import { LogLine, OperationState } from '@greenroom/plugin-environments-common';
import { isFinal } from '../machine/lifecycle';
import { LogStore } from '../store/logs';
import { OperationStore } from '../store/operations';

/** How late a reader learns of a line; the writer's batches add about as much. */
const POLL_MS = 300;
const PAGE = 500;

/** Where the log of an operation stands. */
interface Head {
  id: string;
  state: OperationState;
}

/**
 * Follows logs by reading their table, so that it does not matter which process works on the
 * operation. However many readers an operation has in this process, one of them at a time asks
 * the database whether there is anything new; all hear the answer.
 */
export class LogFeed {
  readonly #polls = new Map<string, Promise<Head>>();

  constructor(
    private readonly options: {
      knex: Knex;
      operations: OperationStore;
      logs: LogStore;
      pollMs?: number;
    },
  ) {}

  /**
   * Gives the lines behind `after`, then those that come, each once and in order; returns the
   * operation's final state once it has ended and all its lines are given.
   */
  async *follow(
    operationId: string,
    after: string,
    signal: AbortSignal,
  ): AsyncGenerator<LogLine[], OperationState> {
    const { knex, logs } = this.options;
    let last = after;
    // Before the lines: a state seen as final has all its lines before it.
    let head = await this.#read(operationId);
    for (;;) {
      const lines = await logs.page(knex, {
        operationId,
        after: last,
        limit: PAGE,
      });
      if (lines.length > 0) {
        last = lines.at(-1)!.id;
        yield lines;
      } else if (isFinal(head.state)) {
        return head.state;
      }
      signal.throwIfAborted();
      if (lines.length < PAGE) {
        head = await this.#news(operationId, last, head, signal);
      }
    }
  }

  /** Waits until there are lines behind `last`, or the operation has ended. */
  async #news(
    operationId: string,
    last: string,
    known: Head,
    signal: AbortSignal,
  ): Promise<Head> {
    let head = known;
    while (!isFinal(head.state)) {
      signal.throwIfAborted();
      head = await this.#poll(operationId);
      if (BigInt(head.id) > BigInt(last)) break;
    }
    return head;
  }

  #poll(operationId: string): Promise<Head> {
    const running = this.#polls.get(operationId);
    if (running) return running;
    const poll = wait(this.options.pollMs ?? POLL_MS)
      .then(() => this.#read(operationId))
      .finally(() => this.#polls.delete(operationId));
    this.#polls.set(operationId, poll);
    return poll;
  }

  async #read(operationId: string): Promise<Head> {
    const { knex, operations, logs } = this.options;
    const operation = await operations.find(knex, operationId);
    if (!operation) throw new Error(`There is no operation ${operationId}`);
    return { id: await logs.head(knex, operationId), state: operation.state };
  }
}
