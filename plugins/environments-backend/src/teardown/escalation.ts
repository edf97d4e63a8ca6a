import { noticeOf } from './notice';
import { Telling, TellingOptions } from './telling';
import { Untold } from './types';

/**
 * Tells people and operators of teardowns that keep failing. That they are to be told is on record
 * with the failure itself.
 */
export class TeardownEscalation extends Telling<Untold> {
  readonly name = 'Telling of failed teardowns';
  readonly #operators: string[];

  constructor(
    options: TellingOptions<Untold> & {
      /** Entity refs. */
      operators: string[];
    },
  ) {
    super(options);
    this.#operators = options.operators;
  }

  protected notice(untold: Untold, recipients: string[]) {
    return noticeOf(untold, [...recipients, ...this.#operators]);
  }

  protected what({ environmentId }: Untold): string {
    return `of the failed teardown of environment ${environmentId}`;
  }
}
