import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { isTransient } from '../../database';
import { EnvironmentChanges } from '../../environments/changes';
import { confirmationExpiredProblem } from '../errors';
import { OperationSettler } from './settle';
import { OperationStore } from '../store/operations';
import { RecurringWork } from '../../loop';

/** Ends operations whose plan nobody confirmed in time. Any number may run beside each other. */
export class ConfirmationWatch implements RecurringWork {
  readonly name = 'Looking for plans that nobody confirmed';
  /** A plan waits at most about this much longer than it says. */
  readonly intervalMs = 5000;

  constructor(
    private readonly options: {
      knex: Knex;
      environments: Pick<EnvironmentChanges, 'lock'>;
      operations: OperationStore;
      settler: OperationSettler;
      /** After a commit that left work to do. */
      onSubmitted: (operationIds: string[]) => Promise<void>;
      logger: LoggerService;
    },
  ) {}

  /** @returns how many operations it ended */
  async tick(now: Date): Promise<number> {
    const { knex, operations } = this.options;
    let ended = 0;
    for (const id of await operations.unconfirmed(knex, now)) {
      if (await this.#end(id, now)) ended += 1;
    }
    return ended;
  }

  /** One that can't be ended must not keep the others from it; the next look tries it again. */
  async #end(id: string, now: Date): Promise<boolean> {
    const { knex, onSubmitted, logger } = this.options;
    try {
      const ring = await knex.transaction(tx => this.#expire(tx, id, now));
      if (!ring) return false;
      await onSubmitted(ring);
      return true;
    } catch (error) {
      if (isTransient(error)) throw error;
      logger.error(
        `Could not end operation ${id}, whose plan nobody confirmed`,
        toError(error),
      );
      return false;
    }
  }

  /** @returns undefined when it was confirmed or ended in the meantime */
  async #expire(
    tx: Knex.Transaction,
    id: string,
    now: Date,
  ): Promise<string[] | undefined> {
    const { environments, operations, settler } = this.options;
    const found = await operations.find(tx, id);
    if (!found) return undefined;
    await environments.lock(tx, found.environmentId);
    const operation = await operations.lock(tx, id);
    const until = operation?.confirmation?.until;
    if (operation?.state !== 'waiting' || !until || until > now) {
      return undefined;
    }
    return settler.settle(tx, operation, {
      state: 'cancelled',
      problem: confirmationExpiredProblem(until),
    });
  }
}
