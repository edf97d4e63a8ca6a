import { RecurringWork } from '../loop';

/** A kind of record that is not kept for ever. */
export interface Retained {
  /** In words: `logs`. */
  name: string;
  /**
   * Removes some of what has been kept long enough, in a short transaction.
   *
   * @returns false when there is no more of it
   */
  removeExpired(now: Date): Promise<boolean>;
}

/** Removes what has been kept long enough, in pieces so small that nobody waits for them. */
export class RetentionSweep implements RecurringWork {
  readonly name = 'Removing what was kept long enough';
  /** What is kept for days may stay some minutes longer. */
  readonly intervalMs = 10 * 60_000;

  constructor(private readonly options: { retained: Retained[] }) {}

  /** One kind that fails does not keep the others. */
  async tick(now: Date, signal?: AbortSignal): Promise<void> {
    const failures: unknown[] = [];
    for (const { name, removeExpired } of this.options.retained) {
      try {
        while (!signal?.aborted && (await removeExpired(now)));
      } catch (error) {
        failures.push(new Error(`Could not remove ${name}`, { cause: error }));
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
