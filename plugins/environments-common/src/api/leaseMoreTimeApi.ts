import { CallOptions, KeyedOptions } from './environmentsApi';
import {
  AnswerMoreTimeRequest,
  AskMoreTimeRequest,
  DeclineMoreTimeRequest,
  ListMoreTimeQuery,
  WaitingMoreTime,
} from './leaseMoreTimeTypes';
import { LeaseChange } from './leaseTypes';
import { keyed, path, Transport } from './transport';
import { Page } from './types';

/**
 * Requests for leases beyond their limits, and what becomes of them. What is repeated with the same
 * key gives the same answer, and is done once.
 *
 * @public
 */
export interface MoreTimeApi {
  /** Those that wait, the oldest first. */
  list(
    query: ListMoreTimeQuery,
    options?: CallOptions,
  ): Promise<Page<WaitingMoreTime>>;
  /** Moves nothing by itself; one of an environment waits at a time. */
  ask(
    environmentId: string,
    request: AskMoreTimeRequest,
    options?: KeyedOptions,
  ): Promise<LeaseChange>;
  /** The lease goes on until then; takes a permission of its own, as the next does. */
  approve(
    environmentId: string,
    request: AnswerMoreTimeRequest,
    options?: KeyedOptions,
  ): Promise<LeaseChange>;
  decline(
    environmentId: string,
    request: DeclineMoreTimeRequest,
    options?: KeyedOptions,
  ): Promise<LeaseChange>;
  /** For whoever asked. */
  withdraw(
    environmentId: string,
    request: AnswerMoreTimeRequest,
    options?: KeyedOptions,
  ): Promise<LeaseChange>;
}

/** Requests for more time over HTTP. */
export class MoreTimeClient implements MoreTimeApi {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list(query: ListMoreTimeQuery, options?: CallOptions) {
    return this.#transport.get<Page<WaitingMoreTime>>('/leases/more-time', {
      ...options,
      query,
    });
  }

  ask(
    environmentId: string,
    request: AskMoreTimeRequest,
    options?: KeyedOptions,
  ) {
    return this.#change(environmentId, 'ask', request, options);
  }

  approve(
    environmentId: string,
    request: AnswerMoreTimeRequest,
    options?: KeyedOptions,
  ) {
    return this.#change(environmentId, 'approve', request, options);
  }

  decline(
    environmentId: string,
    request: DeclineMoreTimeRequest,
    options?: KeyedOptions,
  ) {
    return this.#change(environmentId, 'decline', request, options);
  }

  withdraw(
    environmentId: string,
    request: AnswerMoreTimeRequest,
    options?: KeyedOptions,
  ) {
    return this.#change(environmentId, 'withdraw', request, options);
  }

  #change(
    environmentId: string,
    change: string,
    body: object,
    options?: KeyedOptions,
  ) {
    return this.#transport.post<LeaseChange>(
      `${path`/environments/${environmentId}/lease`}/${change}`,
      { ...keyed(options), body },
    );
  }
}
