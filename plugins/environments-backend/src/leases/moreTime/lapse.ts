import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { EnvironmentChanges } from '../../environments/changes';
import { RecurringWork } from '../../loop';
import { Setbacks } from '../../setbacks';
import { LEASE_ACTOR, LeaseService } from '../service';
import { lapseEntry, whyOver } from './decide';
import { TimeRequest } from './request';
import { TimeRequestStore } from './store';

/** One transaction; several replicas sweep beside each other in such pieces. */
const BATCH = 50;

/**
 * Ends requests that need no answer any more, whatever has moved the lease meanwhile: a sweep, a
 * person, its use. Until that is done they can't be approved either.
 */
export class MoreTimeLapse implements RecurringWork {
  readonly name = 'The sweep of requests for more time';
  readonly intervalMs = 1000;

  readonly #setbacks: Setbacks;

  constructor(
    private readonly options: {
      knex: Knex;
      timeRequests: TimeRequestStore;
      leases: LeaseService;
      environments: Pick<EnvironmentChanges, 'tell'>;
      logger: LoggerService;
      /** After a commit that left something to tell. */
      onTold: () => void;
    },
  ) {
    this.#setbacks = new Setbacks(
      'Could not end the request for more time of',
      options.logger,
    );
  }

  /** @returns how many ended */
  async tick(now: Date): Promise<number> {
    const { knex, timeRequests, onTold } = this.options;
    let lapsed = 0;
    for (;;) {
      const over = await knex.transaction(async tx => {
        const requests = await timeRequests.lockOver(tx, now, {
          limit: BATCH,
          except: this.#setbacks.at(now),
        });
        for (const request of requests) {
          const id = request.environmentId;
          await this.#setbacks.attempt(tx, id, now, savepoint =>
            this.#end(savepoint, request, now),
          );
        }
        return requests.length;
      });
      lapsed += over;
      if (over < BATCH) break;
    }
    if (lapsed > 0) onTold();
    return lapsed;
  }

  async #end(
    tx: Knex.Transaction,
    request: TimeRequest,
    now: Date,
  ): Promise<void> {
    const { timeRequests, leases, environments } = this.options;
    const { environmentId } = request;
    const why = whyOver(await leases.get(tx, environmentId), request, now);
    if (!why) return;
    const entry = lapseEntry(request, why);
    await leases.record(tx, environmentId, [entry]);
    await timeRequests.answer(tx, request, 'lapsed', {
      by: LEASE_ACTOR,
      at: now,
      reason: entry.reason,
    });
    await environments.tell(tx, environmentId);
  }
}
