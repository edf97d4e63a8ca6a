import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Clock } from '../clock';
import { ClaimTiming, HeldClaim } from './claim';
import { ClaimLostError, WorkerStoppingError } from './errors';
import { runOperation, RunOptions } from './run';
import { ClaimStore } from './store/claims';

/**
 * Answers the doorbell: takes the operation that was rung for and carries it to its end. How many
 * at once is the doorbell's business, which rings no more than it is allowed to.
 */
export class Worker {
  readonly #answers = new Set<Promise<void>>();
  readonly #held = new Set<HeldClaim>();
  #stopping = false;

  constructor(
    private readonly options: {
      /** Names this worker in the record. */
      name: string;
      claims: ClaimStore;
      timing: ClaimTiming;
      run: RunOptions;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  /** Resolves when the operation has ended, or at once when there is nothing to do about it. */
  async answer(operationId: string): Promise<void> {
    if (this.#stopping) return;
    const answer = this.#answer(operationId);
    this.#answers.add(answer);
    try {
      await answer;
    } finally {
      this.#answers.delete(answer);
    }
  }

  /**
   * Interrupts what runs, waits until the tools have ended and their states are saved, and leaves
   * the operations to other workers, or to this one when it starts again.
   */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const held of this.#held) held.stopWork();
    await Promise.allSettled(this.#answers);
  }

  async #answer(operationId: string): Promise<void> {
    const { name, claims, timing, clock, logger } = this.options;
    const claim = await claims.take({
      operationId,
      worker: name,
      ttlMs: timing.ttlMs,
      now: clock.now(),
    });
    if (!claim) return;
    const held = new HeldClaim(claim, { store: claims, timing, logger });
    if (this.#stopping) held.stopWork();
    this.#held.add(held);
    await this.#carry(held);
    this.#held.delete(held);
  }

  async #carry(held: HeldClaim): Promise<void> {
    const { logger, run } = this.options;
    const { operationId } = held.claim;
    try {
      await runOperation(held, run);
    } catch (error) {
      if (error instanceof WorkerStoppingError) {
        logger.info(`Left operation ${operationId} for another worker`);
      } else if (error instanceof ClaimLostError) {
        logger.warn(`Lost operation ${operationId} to another worker`);
      } else {
        logger.error(
          `Could not finish operation ${operationId}; it is taken up again`,
          toError(error),
        );
      }
    } finally {
      await held.release();
    }
  }
}
