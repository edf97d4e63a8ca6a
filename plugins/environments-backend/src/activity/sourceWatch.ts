import { Knex } from 'knex';
import {
  ActivitySource,
  EnvironmentSighting,
} from '@greenroom/plugin-environments-node';
import { Clock, earlierOf } from '../clock';
import { RecurringWork } from '../loop';
import { isUuid } from '../requests';
import { ActivityService } from './service';

/** Notes down what one source sees, for as long as it sees anything. */
export class SourceWatch implements RecurringWork {
  readonly name: string;
  /** Until it is begun again, where it could see no more. */
  readonly intervalMs = 30_000;

  constructor(
    private readonly source: ActivitySource,
    private readonly options: {
      knex: Knex;
      activity: Pick<ActivityService, 'note'>;
      clock: Clock;
    },
  ) {
    this.name = `Watching the use that ${source.signal} sees`;
  }

  async tick(_now: Date, signal = new AbortController().signal): Promise<void> {
    await this.source.watch(sighting => this.#note(sighting), signal);
  }

  async #note({ environmentId, at, note }: EnvironmentSighting): Promise<void> {
    const { knex, activity, clock } = this.options;
    if (!isUuid(environmentId)) return;
    await activity.note(knex, environmentId, {
      signal: this.source.signal,
      // Its clock may be ahead of this one.
      at: earlierOf(at, clock.now()),
      evidence: { ...(note && { note }) },
    });
  }
}
