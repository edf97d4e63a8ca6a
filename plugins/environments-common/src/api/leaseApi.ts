import { CallOptions, KeyedOptions } from './environmentsApi';
import {
  EnvironmentLease,
  ExtendLeaseRequest,
  LeaseChange,
  LeaseLedgerEntry,
  MoveLeaseRequest,
} from './leaseTypes';
import { keyed, path, Transport } from './transport';
import { Page } from './types';

/**
 * The leases of environments as their callers see them. A change that is repeated with the same
 * key gives the same answer, and is made once.
 */
export interface LeaseApi {
  getLease(
    environmentId: string,
    options?: CallOptions,
  ): Promise<EnvironmentLease>;
  /** Newest first. */
  listLeaseEntries(
    environmentId: string,
    query: { cursor?: string; limit?: number },
    options?: CallOptions,
  ): Promise<Page<LeaseLedgerEntry>>;
  extendLease(
    environmentId: string,
    request: ExtendLeaseRequest,
    options?: KeyedOptions,
  ): Promise<LeaseChange>;
  shortenLease(
    environmentId: string,
    request: MoveLeaseRequest,
    options?: KeyedOptions,
  ): Promise<LeaseChange>;
}

/** The part of the client that is about leases. */
export class LeaseClient implements LeaseApi {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  getLease(environmentId: string, options?: CallOptions) {
    return this.#transport.get<EnvironmentLease>(
      path`/environments/${environmentId}/lease`,
      options,
    );
  }

  listLeaseEntries(
    environmentId: string,
    query: { cursor?: string; limit?: number },
    options?: CallOptions,
  ) {
    return this.#transport.get<Page<LeaseLedgerEntry>>(
      path`/environments/${environmentId}/lease/entries`,
      { ...options, query },
    );
  }

  extendLease(
    environmentId: string,
    request: ExtendLeaseRequest,
    options?: KeyedOptions,
  ) {
    return this.#change(environmentId, 'extend', request, options);
  }

  shortenLease(
    environmentId: string,
    request: MoveLeaseRequest,
    options?: KeyedOptions,
  ) {
    return this.#change(environmentId, 'shorten', request, options);
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
