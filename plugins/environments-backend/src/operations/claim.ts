import { setTimeout as wait } from 'node:timers/promises';
import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { isTransient } from '../database';
import { ClaimLostError, WorkerStoppingError } from './errors';
import { ClaimStore } from './store/claims';
import { Claim } from './types';

export interface ClaimTiming {
  heartbeatMs: number;
  ttlMs: number;
}

/**
 * 20 s is what an environment waits after its worker was killed. Within it four heartbeats fall
 * due, so three may be lost to a slow database before a healthy worker loses its claim.
 */
export const CLAIM_TIMING: ClaimTiming = { heartbeatMs: 5000, ttlMs: 20_000 };

/** Between two tries of a write that a lost connection stopped. */
const RETRY_MS = 250;

/**
 * A claim that is being held: renewed in the background, given up by {@link release}.
 *
 * `signal` aborts as soon as the claim is known or must be assumed to be lost, with a
 * ClaimLostError, and when the worker stops, with a WorkerStoppingError. A process that was
 * stopped for a while and wakes up late may not know yet; its writes are refused all the same.
 */
export class HeldClaim {
  readonly #controller = new AbortController();
  readonly #heartbeat: NodeJS.Timeout;
  #renewedAt = performance.now();
  #renewing?: Promise<void>;

  constructor(
    readonly claim: Claim,
    private readonly options: {
      store: ClaimStore;
      timing: ClaimTiming;
      logger: LoggerService;
    },
  ) {
    this.#heartbeat = setInterval(() => {
      this.#renewing ??= this.#renew().finally(() => {
        this.#renewing = undefined;
      });
    }, options.timing.heartbeatMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Tells the work under this claim to end, so that another worker can go on with it. */
  stopWork(): void {
    this.#controller.abort(
      new WorkerStoppingError('The worker is being stopped'),
    );
  }

  /**
   * Writes under the claim. A connection that breaks is tried again for as long as the claim can
   * last, so `use` must come to the same when it runs twice.
   *
   * @throws ClaimLostError when another worker has taken over; nothing is written then
   */
  async write<T>(use: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    const { store } = this.options;
    for (;;) {
      try {
        return await store.write(this.claim, use);
      } catch (error) {
        if (error instanceof ClaimLostError) this.#lose(error);
        if (!isTransient(error) || this.#expired()) throw error;
        await wait(RETRY_MS);
      }
    }
  }

  /** Ends the heartbeat and, unless the operation has ended, lets others take it at once. */
  async release(): Promise<void> {
    clearInterval(this.#heartbeat);
    await this.#renewing;
    await this.options.store.release(this.claim).catch(error =>
      // Not released, the claim runs out by itself.
      this.options.logger.warn(
        `Could not release operation ${this.claim.operationId}`,
        toError(error),
      ),
    );
  }

  async #renew(): Promise<void> {
    const { store, timing, logger } = this.options;
    const sentAt = performance.now();
    try {
      if (await store.renew(this.claim, timing.ttlMs)) {
        this.#renewedAt = sentAt;
        return;
      }
      this.#lose(new ClaimLostError(this.claim));
    } catch (error) {
      logger.warn(
        `Could not renew the claim on operation ${this.claim.operationId}`,
        toError(error),
      );
      if (this.#expired()) this.#lose(new ClaimLostError(this.claim));
    }
  }

  /** By this process's own steady clock, counted from before the last renewal: never too late. */
  #expired(): boolean {
    return performance.now() - this.#renewedAt > this.options.timing.ttlMs;
  }

  #lose(reason: ClaimLostError): void {
    clearInterval(this.#heartbeat);
    this.#controller.abort(reason);
  }
}
