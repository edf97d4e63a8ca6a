import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { eachDue } from '../../eachDue';
import { EnvironmentChanges } from '../../environments/changes';
import { RecurringWork } from '../../loop';
import { Setbacks } from '../../setbacks';
import { LEASE_ACTOR, LeaseService } from '../service';
import { lapseEntry, whyOver } from './decide';
import { TimeRequest } from './request';
import { TimeRequestStore } from './store';

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
    const lapsed = await eachDue(now, {
      knex,
      setbacks: this.#setbacks,
      lockDue: (tx, query) => timeRequests.lockOver(tx, now, query),
      environmentOf: ({ environmentId }) => environmentId,
      act: (tx, request) => this.#end(tx, request, now),
    });
    if (lapsed > 0) onTold();
    return lapsed;
  }

  async #end(
    tx: Knex.Transaction,
    request: TimeRequest,
    now: Date,
  ): Promise<true | undefined> {
    const { timeRequests, leases, environments } = this.options;
    const { environmentId } = request;
    const why = whyOver(await leases.get(tx, environmentId), request, now);
    if (!why) return undefined;
    const entry = lapseEntry(request, why);
    await leases.record(tx, environmentId, [entry]);
    await timeRequests.answer(tx, request, 'lapsed', {
      by: LEASE_ACTOR,
      at: now,
      reason: entry.reason,
    });
    await environments.tell(tx, environmentId);
    return true;
  }
}
