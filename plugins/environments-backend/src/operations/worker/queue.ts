import { Knex } from 'knex';
import { fromKnex, PgBoss } from 'pg-boss';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Loop, startLoop } from '../../loop';

/** pg-boss keeps its tables apart from Greenroom's. */
const SCHEMA = 'greenroom_queue';
const QUEUE = 'operations';

/** What an operation submitted in another process waits for at most, where a worker has room. */
const POLL_MS = 500;

/** Finds operations that nobody was rung for: submitted and crashed, or left by a lost worker. */
const SWEEP_MS = 2000;

/** Of a ring that was heard by a process that died then. */
const KEEP_SECONDS = 60;

export interface RingHearer {
  /** A worker that is full doesn't listen: others shall hear the ring. */
  readonly hasRoom: boolean;
  look(): Promise<void>;
}

/**
 * The doorbell. A job in the queue says "look for something to do" and nothing else: what that is
 * stands in the operations' records. So one waiting job is enough, however many operations there
 * are; whoever hears it and can't take them all rings again. A lost job is made up for by the
 * sweep, a doubled one finds nothing.
 */
export class OperationQueue {
  readonly #boss: PgBoss;
  #worker?: RingHearer;
  #loops: Loop[] = [];

  constructor(private readonly options: { knex: Knex; logger: LoggerService }) {
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
      // At most one ring waits to be heard.
      policy: 'short',
      retryLimit: 0,
      expireInSeconds: KEEP_SECONDS,
      retentionSeconds: KEEP_SECONDS,
      deleteAfterSeconds: KEEP_SECONDS,
    });
  }

  /** Makes a worker of this process look whenever it should. */
  listen(worker: RingHearer): void {
    const { logger } = this.options;
    this.#worker = worker;
    this.#loops = [
      startLoop({
        name: 'Listening for operations',
        intervalMs: POLL_MS,
        run: () => this.#hear(worker),
        logger,
      }),
      startLoop({
        name: 'Looking for operations that nobody works on',
        intervalMs: SWEEP_MS,
        run: async () => {
          if (worker.hasRoom) await worker.look();
        },
        logger,
      }),
    ];
  }

  /**
   * There is something to do. A worker of this process with room looks at once, and passes on what
   * it can't take. Never fails: operations are safe in their table, and the sweep looks for them.
   */
  async ring(): Promise<void> {
    if (this.#worker?.hasRoom) {
      this.#worker.look();
      return;
    }
    await this.passOn();
  }

  /** Tells workers of other processes, or this one once it has room. */
  async passOn(): Promise<void> {
    try {
      await this.#boss.send(QUEUE, {});
    } catch (error) {
      this.options.logger.warn(
        'Could not ring for an operation; the sweep will find it',
        toError(error),
      );
    }
  }

  /** No further looks; call it once the work under way has ended. */
  async stop(): Promise<void> {
    this.#worker = undefined;
    await Promise.all(this.#loops.map(loop => loop.stop()));
    await this.#boss.stop({ graceful: false, close: false });
  }

  async #hear(worker: RingHearer): Promise<void> {
    if (!worker.hasRoom) return;
    const [ring] = await this.#boss.fetch(QUEUE);
    if (!ring) return;
    await this.#boss.deleteJob(QUEUE, ring.id);
    await worker.look();
  }
}
