import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from '../../clock';
import { EnvironmentChanges } from '../../environments/changes';
import { Loop, startLoop } from '../../loop';
import { confirmationExpiredProblem } from '../errors';
import { OperationSettler } from './settle';
import { OperationStore } from '../store/operations';

/** A plan waits at most about this much longer than it says. */
const INTERVAL_MS = 5000;
const BATCH = 50;

/** Ends operations whose plan nobody confirmed in time. Any number may run beside each other. */
export class ConfirmationWatch {
  #loop?: Loop;

  constructor(
    private readonly options: {
      knex: Knex;
      environments: Pick<EnvironmentChanges, 'lock'>;
      operations: OperationStore;
      settler: OperationSettler;
      /** After a commit that left work to do. */
      onSubmitted: (operationIds: string[]) => Promise<void>;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  start(): void {
    const { clock, logger } = this.options;
    this.#loop = startLoop({
      name: 'Looking for plans that nobody confirmed',
      intervalMs: INTERVAL_MS,
      run: async () => {
        await this.tick(clock.now());
      },
      logger,
    });
  }

  async stop(): Promise<void> {
    await this.#loop?.stop();
  }

  /** @returns how many operations it ended */
  async tick(now: Date): Promise<number> {
    const { knex, operations, onSubmitted } = this.options;
    let ended = 0;
    for (;;) {
      const ids = await operations.unconfirmed(knex, now, BATCH);
      for (const id of ids) {
        const ring = await knex.transaction(tx => this.#expire(tx, id, now));
        await onSubmitted(ring ?? []);
        if (ring) ended += 1;
      }
      if (ids.length < BATCH) return ended;
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
