import { LoggerService } from '@backstage/backend-plugin-api';
import { Loop, startLoop } from '../../loop';
import { HeldClaim } from './claim';
import { ClaimStore } from '../store/claims';

/** How long a cancel takes to reach the worker at most. */
const INTERVAL_MS = 500;

/** Looks, for one worker, whether somebody wants an operation that it holds to stop. */
export class CancelWatch {
  readonly #held = new Map<string, HeldClaim>();
  #loop?: Loop;

  constructor(
    private readonly options: { claims: ClaimStore; logger: LoggerService },
  ) {}

  add(held: HeldClaim): void {
    this.#held.set(held.claim.operationId, held);
    this.#loop ??= startLoop({
      name: 'Looking for cancelled operations',
      intervalMs: INTERVAL_MS,
      run: () => this.#look(),
      logger: this.options.logger,
    });
  }

  /** While nothing is held, nothing is asked. */
  async remove(held: HeldClaim): Promise<void> {
    this.#held.delete(held.claim.operationId);
    if (this.#held.size > 0) return;
    const loop = this.#loop;
    this.#loop = undefined;
    await loop?.stop();
  }

  async #look(): Promise<void> {
    const unaware = [...this.#held.values()].filter(
      held => !held.cancelRequested,
    );
    if (unaware.length === 0) return;
    const requests = await this.options.claims.cancelRequests(
      unaware.map(held => held.claim.operationId),
    );
    for (const [id, request] of requests) this.#held.get(id)?.cancel(request);
  }
}
