import { setTimeout as wait } from 'node:timers/promises';
import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { isTransient } from '../../database';
import {
  ClaimLostError,
  OperationCancelledError,
  WorkerStoppingError,
} from '../errors';
import { CancelRequest, ClaimStore } from '../store/claims';
import { Claim } from '../types';

export interface ClaimTiming {
  heartbeatMs: number;
  ttlMs: number;
}

/**
 * 20 s is what an environment waits after its worker was killed. Within it four heartbeats fall
 * due, so three may be lost to a slow database before a healthy worker loses its claim.
 */
export const CLAIM_TIMING: ClaimTiming = { heartbeatMs: 5000, ttlMs: 20_000 };

/** Between two looks at the steady clock: how long a process that woke up late can go on at most. */
const WATCH_MS = 50;

/** Between two tries of a write that a lost connection stopped. */
const RETRY_MS = 250;

/**
 * A claim that is being held: renewed in the background, given up by {@link release}.
 *
 * `signal` aborts as soon as the claim is known or must be assumed to be lost, with a
 * ClaimLostError; when the worker stops, with a WorkerStoppingError; when somebody wants the
 * operation to stop, with an OperationCancelledError, under which writes still go through.
 *
 * A process that was stopped for a while and wakes up late has lost its claim before it does
 * anything under it: whoever asks the signal, or writes, is told by the steady clock at once.
 */
export class HeldClaim {
  readonly #controller = new AbortController();
  readonly #heartbeat: NodeJS.Timeout;
  readonly #watch: NodeJS.Timeout;
  #renewedAt: number;
  #renewing?: Promise<void>;
  #cancelRequested = false;

  constructor(
    readonly claim: Claim,
    private readonly options: {
      store: ClaimStore;
      timing: ClaimTiming;
      logger: LoggerService;
      /** When the claim was asked for, by `performance.now()`. */
      takenAt: number;
    },
  ) {
    const { timing, takenAt } = options;
    this.#renewedAt = takenAt;
    this.#heartbeat = setInterval(() => {
      this.#renewing ??= this.#renew().finally(() => {
        this.#renewing = undefined;
      });
    }, timing.heartbeatMs);
    this.#watch = setInterval(() => this.#loseIfExpired(), WATCH_MS);
    this.#watch.unref();
    this.#askTheClockToo(this.#controller.signal);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Somebody wants the operation to stop; it ends as cancelled, by this worker. */
  get cancelRequested(): boolean {
    return this.#cancelRequested;
  }

  cancel({ reason }: CancelRequest): void {
    if (this.#cancelRequested) return;
    this.#cancelRequested = true;
    this.#controller.abort(new OperationCancelledError(reason));
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
   * @throws ClaimLostError when another worker has taken over or may have; nothing is written then
   */
  async write<T>(use: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    const { store } = this.options;
    for (;;) {
      if (this.#loseIfExpired()) throw new ClaimLostError(this.claim);
      try {
        return await store.write(this.claim, use);
      } catch (error) {
        if (error instanceof ClaimLostError) this.#lose(error);
        if (!isTransient(error) || this.#isExpired()) throw error;
        await wait(RETRY_MS);
      }
    }
  }

  /** Ends the heartbeat and, unless the operation has ended, lets others take it at once. */
  async release(): Promise<void> {
    await this.leave();
    await this.options.store.release(this.claim).catch(error =>
      // Not released, the claim runs out by itself.
      this.options.logger.warn(
        `Could not release operation ${this.claim.operationId}`,
        toError(error),
      ),
    );
  }

  /** Ends the heartbeat alone: nobody takes the operation before the claim has run out. */
  async leave(): Promise<void> {
    clearInterval(this.#heartbeat);
    clearInterval(this.#watch);
    await this.#renewing;
  }

  async #renew(): Promise<void> {
    const { store, timing, logger } = this.options;
    if (this.#loseIfExpired()) return;
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
    }
  }

  /** By this process's own steady clock, counted from before the last renewal: never too late. */
  #isExpired(): boolean {
    return performance.now() - this.#renewedAt > this.options.timing.ttlMs;
  }

  #loseIfExpired(): boolean {
    const expired = this.#isExpired();
    if (expired) this.#lose(new ClaimLostError(this.claim));
    return expired;
  }

  #lose(reason: ClaimLostError): void {
    clearInterval(this.#heartbeat);
    clearInterval(this.#watch);
    this.#controller.abort(reason);
  }

  /**
   * When a stopped process goes on, its timers are due all at once, and those of a driver may come
   * before ours. So a look at the signal is a look at the clock.
   */
  #askTheClockToo(signal: AbortSignal): void {
    const isAborted = Object.getOwnPropertyDescriptor(
      AbortSignal.prototype,
      'aborted',
    )!.get!.bind(signal);
    Object.defineProperties(signal, {
      aborted: {
        get: () => {
          if (!isAborted()) this.#loseIfExpired();
          return isAborted();
        },
      },
      throwIfAborted: {
        value: () => {
          if (signal.aborted) throw signal.reason;
        },
      },
    });
  }
}
