import { LoggerService } from '@backstage/backend-plugin-api';
import { Loop, startLoop } from '../loop';

/** What is kept for days may stay some minutes longer. */
const INTERVAL_MS = 10 * 60_000;

/** A kind of record that is not kept for ever. */
export interface Retained {
  /** In words: `logs`. */
  name: string;
  /**
   * Removes some of what has been kept long enough, in a short transaction.
   *
   * @returns false when there is no more of it
   */
  removeExpired(): Promise<boolean>;
}

/** Removes what has been kept long enough, in pieces so small that nobody waits for them. */
export class RetentionSweep {
  #loop?: Loop;
  #stopping = false;

  constructor(
    private readonly options: { retained: Retained[]; logger: LoggerService },
  ) {}

  start(): void {
    this.#loop = startLoop({
      name: 'Removing what was kept long enough',
      intervalMs: INTERVAL_MS,
      run: () => this.tick(),
      logger: this.options.logger,
    });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#loop?.stop();
  }

  /** One kind that fails does not keep the others. */
  async tick(): Promise<void> {
    const failures: unknown[] = [];
    for (const { name, removeExpired } of this.options.retained) {
      try {
        while (!this.#stopping && (await removeExpired()));
      } catch (error) {
        failures.push(new Error(`Could not remove ${name}`, { cause: error }));
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
