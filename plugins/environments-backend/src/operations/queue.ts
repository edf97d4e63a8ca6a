import { Knex } from 'knex';
import { fromKnex, PgBoss } from 'pg-boss';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Loop, startLoop } from '../loop';
import { OperationStore } from './store/operations';

/** pg-boss keeps its tables apart from Greenroom's. */
const SCHEMA = 'greenroom_queue';
const QUEUE = 'operations';

/** The shortest that pg-boss polls at; only operations submitted in another process wait for it. */
const POLL_SECONDS = 0.5;

/** Finds operations that nobody was rung for: submitted and crashed, or left by a lost worker. */
const SWEEP_MS = 2000;
/** The rest of a longer backlog is found once these are taken. */
const SWEEP_BATCH = 200;

/** A ring lives as long as the operation it began; past this a new ring may come beside it. */
const LONGEST_RING_SECONDS = 12 * 3600;
const KEEP_RUNG_SECONDS = 3600;

interface Ring {
  operationId: string;
}

/**
 * The doorbell. A job in the queue says "look at this operation" and nothing else: what is to be
 * done, and whether anything is, stands in the operation's record. A lost job is rung again by
 * the sweep, a doubled one finds the operation claimed.
 */
export class OperationQueue {
  readonly #boss: PgBoss;
  #listeners: string[] = [];
  #sweep?: Loop;

  constructor(
    private readonly options: {
      knex: Knex;
      operations: OperationStore;
      logger: LoggerService;
    },
  ) {
    this.#boss = new PgBoss({
      db: fromKnex(options.knex),
      schema: SCHEMA,
      schedule: false,
      // Its rows are few and short-lived: rebuilding indexes and watching vacuum is not its task.
      reindex: false,
      monitorVacuum: false,
    });
    this.#boss.on('error', error =>
      options.logger.warn('The queue of operations stumbled', toError(error)),
    );
  }

  async start(): Promise<void> {
    await this.#boss.start();
    await this.#boss.createQueue(QUEUE, {
      // One waiting ring per operation is enough.
      policy: 'short',
      retryLimit: 0,
      expireInSeconds: LONGEST_RING_SECONDS,
      retentionSeconds: KEEP_RUNG_SECONDS,
      deleteAfterSeconds: KEEP_RUNG_SECONDS,
    });
  }

  /** Starts to answer, so many operations at once. */
  async listen(
    concurrency: number,
    answer: (operationId: string) => Promise<void>,
  ): Promise<void> {
    for (let listener = 0; listener < concurrency; listener++) {
      const id = await this.#boss.work<Ring>(
        QUEUE,
        { pollingIntervalSeconds: POLL_SECONDS, batchSize: 1 },
        async ([job]) => answer(job.data.operationId),
      );
      this.#listeners.push(id);
    }
    this.#sweep = startLoop({
      name: 'Looking for operations that nobody works on',
      intervalMs: SWEEP_MS,
      run: () => this.ringUnclaimed(),
      logger: this.options.logger,
    });
  }

  /** Never fails: the operation is safe in its table, and the sweep rings for it again. */
  async ring(operationId: string): Promise<void> {
    try {
      await this.#boss.send(QUEUE, { operationId } satisfies Ring, {
        singletonKey: operationId,
      });
      this.#listeners.forEach(id => this.#boss.notifyWorker(id));
    } catch (error) {
      this.options.logger.warn(
        `Could not ring for operation ${operationId}; the sweep will`,
        toError(error),
      );
    }
  }

  async ringUnclaimed(): Promise<void> {
    const { knex, operations } = this.options;
    for (const id of await operations.unclaimed(knex, SWEEP_BATCH)) {
      await this.ring(id);
    }
  }

  /** No further rings; call it once the work under way has been told to stop. */
  async stop(): Promise<void> {
    await this.#sweep?.stop();
    await this.#boss.stop({ graceful: false, close: false });
  }
}
