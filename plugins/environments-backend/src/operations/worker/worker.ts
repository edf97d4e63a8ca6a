import { setTimeout as wait } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Clock } from '../../clock';
import { isTransient } from '../../database';
import { CancelWatch } from './cancelWatch';
import { ClaimTiming, HeldClaim } from './claim';
import { ClaimLostError, WorkerStoppingError } from '../errors';
import { failPoisoned, isPoisoned } from './poison';
import { runOperation, RunOptions } from '../run/run';
import { ClaimStore, TakenClaim } from '../store/claims';
import { ClaimLimits } from '../store/nextClaim';

export interface WorkerOptions {
  /** Names this worker in the record. */
  name: string;
  claims: ClaimStore;
  timing: ClaimTiming;
  /** Operations at once in this process. */
  concurrency: number;
  limits: ClaimLimits;
  run: RunOptions;
  /** Called when there may be more to do than this worker has room for: others should look. */
  passOn: () => Promise<void>;
  clock: Clock;
  logger: LoggerService;
}

/**
 * Takes operations while it has room, and carries each to its end. Which one is next is for the
 * database to say (`store/nextClaim.ts`); somebody has to tell a worker to look (`queue.ts`), and
 * the end of an operation is a reason too, since it makes room under a limit.
 */
export class Worker {
  readonly #carried = new Map<HeldClaim, Promise<void>>();
  readonly #cancels: CancelWatch;
  #looking?: Promise<void>;
  #lookAgain = false;
  #stopping = false;

  constructor(private readonly options: WorkerOptions) {
    this.#cancels = new CancelWatch(options);
  }

  get hasRoom(): boolean {
    return !this.#stopping && this.#carried.size < this.options.concurrency;
  }

  /**
   * Takes whatever is next until there is no more or no room. Resolves with that, not with the
   * end of what was taken; never rejects, since whoever rings next makes it look again.
   */
  look(): Promise<void> {
    this.#lookAgain = true;
    this.#looking ??= this.#look();
    return this.#looking;
  }

  /** Resolves once this worker holds nothing. */
  async idle(): Promise<void> {
    await this.#looking;
    while (this.#carried.size > 0) {
      await Promise.race(this.#carried.values());
      await this.#looking;
    }
  }

  /**
   * Takes nothing more, gives what runs so long to end by itself, then interrupts it, waits until
   * the tools have ended and their states are saved, and leaves the operations to other workers.
   */
  async stop(drainMs = 0): Promise<void> {
    this.#stopping = true;
    const enough = new AbortController();
    const idle = this.idle();
    await Promise.race([
      idle,
      wait(drainMs, undefined, { signal: enough.signal }).catch(() => {}),
    ]);
    enough.abort();
    for (const held of this.#carried.keys()) held.stopWork();
    await idle;
  }

  async #look(): Promise<void> {
    try {
      do {
        this.#lookAgain = false;
        while (this.hasRoom && (await this.#takeNext()));
        if (!this.hasRoom && !this.#stopping) await this.options.passOn();
      } while (this.#lookAgain);
    } catch (error) {
      this.options.logger.warn(
        'Could not look for the next operation; the next look will',
        toError(error),
      );
    } finally {
      this.#looking = undefined;
    }
  }

  /** @returns whether there was one */
  async #takeNext(): Promise<boolean> {
    const { name, claims, timing, limits, clock } = this.options;
    const takenAt = performance.now();
    const claim = await claims.takeNext({
      worker: name,
      ttlMs: timing.ttlMs,
      now: clock.now(),
      limits,
    });
    if (claim) this.#begin(claim, takenAt);
    return claim !== undefined;
  }

  #begin(claim: TakenClaim, takenAt: number): void {
    const held = new HeldClaim(claim, {
      ...this.options,
      store: this.options.claims,
      takenAt,
    });
    if (claim.cancel) held.cancel(claim.cancel);
    if (this.#stopping) held.stopWork();
    this.#cancels.add(held);
    const done = this.#carry(held, claim).finally(async () => {
      await this.#cancels.remove(held);
      this.#carried.delete(held);
      if (!this.#stopping) this.look();
    });
    this.#carried.set(held, done);
  }

  /** Never rejects: one operation that can't be carried must not keep others from it. */
  async #carry(held: HeldClaim, claim: TakenClaim): Promise<void> {
    const { logger, run } = this.options;
    const { operationId } = claim;
    try {
      if (isPoisoned(claim)) await failPoisoned(held, claim, run);
      else await runOperation(held, run);
      // It has ended, or waits for a word: either has given the claim back.
      await held.leave();
    } catch (error) {
      if (error instanceof WorkerStoppingError) {
        logger.info(`Left operation ${operationId} for another worker`);
        await held.release();
      } else if (error instanceof ClaimLostError) {
        logger.warn(`Lost operation ${operationId} to another worker`);
        await held.leave();
      } else if (isTransient(error)) {
        logger.warn(
          `Left operation ${operationId} as it is while the database is away`,
          error,
        );
        await held.release();
      } else {
        logger.error(
          `Could not finish operation ${operationId}; it is taken up again once its claim has run out`,
          toError(error),
        );
        // Not released: it would fail again at once, and be the next again at once.
        await held.leave();
      }
    }
  }
}
