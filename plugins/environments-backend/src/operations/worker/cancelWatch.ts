import { LoggerService } from '@backstage/backend-plugin-api';
import { Loop, startLoop } from '../../loop';
import { HeldClaim } from './claim';
import { ClaimStore } from '../store/claims';

/** How long a cancel takes to reach the worker at most. */
const INTERVAL_MS = 500;

/** Looks, for one worker, whether somebody wants an operation that it holds to stop. */
export class CancelWatch {
  /** Of one operation there may be two: one that was lost and still ends, and the one after it. */
  readonly #held = new Set<HeldClaim>();
  #loop?: Loop;

  constructor(
    private readonly options: { claims: ClaimStore; logger: LoggerService },
  ) {}

  add(held: HeldClaim): void {
    this.#held.add(held);
    this.#loop ??= startLoop({
      name: 'Looking for cancelled operations',
      intervalMs: INTERVAL_MS,
      run: () => this.#look(),
      logger: this.options.logger,
    });
  }

  /** While nothing is held, nothing is asked. */
  async remove(held: HeldClaim): Promise<void> {
    this.#held.delete(held);
    if (this.#held.size > 0) return;
    const loop = this.#loop;
    this.#loop = undefined;
    await loop?.stop();
  }

  async #look(): Promise<void> {
    const unaware = [...this.#held].filter(held => !held.cancelRequested);
    if (unaware.length === 0) return;
    const requests = await this.options.claims.cancelRequests(
      unaware.map(held => held.claim.operationId),
    );
    for (const held of unaware) {
      const request = requests.get(held.claim.operationId);
      if (request) held.cancel(request);
    }
  }
}
