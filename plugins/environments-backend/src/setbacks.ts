import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError, toError } from '@backstage/errors';
import { isTransient } from './database';
import { EnvironmentBusyError } from './operations/errors';

const RETRY_MS = 300_000;

/**
 * Lets a sweep go on where something can't be done about one of many: that one is logged, and left
 * alone by this process for a while.
 */
export class Setbacks {
  readonly #until = new Map<string, number>();

  /** @param what - to begin a line of the log with: `Could not end environment` */
  constructor(
    private readonly what: string,
    private readonly logger: LoggerService,
  ) {}

  /** Ids that are to be left alone at that moment. */
  at(now: Date): string[] {
    for (const [id, until] of this.#until) {
      if (until <= now.getTime()) this.#until.delete(id);
    }
    return [...this.#until.keys()];
  }

  /**
   * Does something about one of them, all or nothing.
   *
   * @returns what `work` gives; undefined when it can't be done, or somebody was faster
   * @throws what is wrong with the database and not with that one
   */
  async attempt<T>(
    tx: Knex.Transaction,
    id: string,
    now: Date,
    work: (savepoint: Knex.Transaction) => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await tx.transaction(work);
    } catch (error) {
      if (isTransient(error)) throw error;
      // It is due still when it is free.
      if (error instanceof EnvironmentBusyError) return undefined;
      this.#until.set(id, now.getTime() + RETRY_MS);
      const cause = isError(error) ? toError(error) : undefined;
      this.logger.error(`${this.what} ${id}`, cause);
      return undefined;
    }
  }
}
