import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  formatDurationSeconds,
  LogLine,
  LogPage,
  LogRemoval,
  OperationState,
} from '@greenroom/plugin-environments-common';
import { addSeconds } from '../../clock';
import { LogRemovedError } from '../errors';
import { OperationFinder } from '../api/finder';
import { isFinal } from '../machine/lifecycle';
import { LogFeed } from './logFeed';
import { LogStore } from '../store/logs';

/** Lines that a download holds in memory. */
const DOWNLOAD_PAGE = 1000;
/** Lines that are removed in one transaction. */
const REMOVAL_BATCH = 5000;

/** The end of a followed log. */
export interface LogEnd {
  state: OperationState;
  removed?: LogRemoval;
}

/** Logs for their readers, and until when they are kept. */
export class LogService {
  constructor(
    private readonly options: {
      knex: Knex;
      finder: OperationFinder;
      logs: LogStore;
      feed: LogFeed;
      retention: { logsSeconds: number };
    },
  ) {}

  /** Lines behind `after`, oldest first. */
  async page(
    id: string,
    query: { after: string; limit: number },
    credentials: BackstageCredentials,
  ): Promise<LogPage> {
    const { knex, logs, finder } = this.options;
    // The state is read before the lines: once it is final, no line comes after them.
    const { operation } = await finder.find(id, credentials);
    const items = await logs.page(knex, { operationId: id, ...query });
    const removed = await this.#removal(id);
    return {
      items,
      complete: isFinal(operation.state) && items.length < query.limit,
      ...(removed && { removed }),
    };
  }

  /** Lines behind `after` and those that come, to the operation's end. */
  async follow(
    id: string,
    after: string,
    credentials: BackstageCredentials,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<LogLine[], LogEnd>> {
    const { finder, feed } = this.options;
    await finder.find(id, credentials);
    const lines = feed.follow(id, after, signal);
    return this.#withRemoval(id, lines);
  }

  /**
   * All lines so far, read as fast as they are taken.
   *
   * @throws LogRemovedError when it was kept long enough
   */
  async download(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<{ name: string; pages: AsyncGenerator<LogLine[]> }> {
    const { finder } = this.options;
    const { operation, environment } = await finder.find(id, credentials);
    const removed = await this.#removal(id);
    if (removed) throw new LogRemovedError(operation, removed);
    return {
      name: `${environment.name}-operation-${operation.number}`,
      pages: this.#pages(id),
    };
  }

  /**
   * Removes some lines of the log that has been kept longest, if that is long enough. Any number
   * of processes may do so at once.
   *
   * @returns false when there is nothing to remove
   */
  async removeExpired(now: Date): Promise<boolean> {
    const { knex, logs, retention } = this.options;
    return knex.transaction(async tx => {
      const expired = addSeconds(now, -retention.logsSeconds);
      const id = await logs.lockExpired(tx, expired);
      if (!id) return false;
      const removed = await logs.removeLines(tx, id, REMOVAL_BATCH);
      if (removed < REMOVAL_BATCH) await logs.markRemoved(tx, id, now);
      return true;
    });
  }

  async *#pages(operationId: string): AsyncGenerator<LogLine[]> {
    const { knex, logs } = this.options;
    let after = '0';
    for (;;) {
      const limit = DOWNLOAD_PAGE;
      const lines = await logs.page(knex, { operationId, after, limit });
      if (lines.length > 0) yield lines;
      if (lines.length < limit) return;
      after = lines.at(-1)!.id;
    }
  }

  async *#withRemoval(
    id: string,
    lines: AsyncGenerator<LogLine[], OperationState>,
  ): AsyncGenerator<LogLine[], LogEnd> {
    const state = yield* lines;
    const removed = await this.#removal(id);
    return { state, ...(removed && { removed }) };
  }

  async #removal(id: string): Promise<LogRemoval | undefined> {
    const { knex, logs, retention } = this.options;
    const at = await logs.removedAt(knex, id);
    return (
      at && {
        at: at.toISOString(),
        keptFor: formatDurationSeconds(retention.logsSeconds),
      }
    );
  }
}
