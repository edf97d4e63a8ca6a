import { CallOptions } from './environmentsApi';
import {
  LeaseOverview,
  LeaseOverviewQuery,
  LeaseSummary,
  ListLeasesQuery,
} from './leaseFleetTypes';
import { Transport } from './transport';
import { Page } from './types';

/**
 * The leases of all environments that the caller may see.
 *
 * @public
 */
export interface LeaseFleetApi {
  /** What ends first comes first. */
  list(
    query: ListLeasesQuery,
    options?: CallOptions,
  ): Promise<Page<LeaseSummary>>;
  /** How many end on each of the next days, and how many don't. */
  overview(
    query: LeaseOverviewQuery,
    options?: CallOptions,
  ): Promise<LeaseOverview>;
}

/** The leases of all environments over HTTP. */
export class LeaseFleetClient implements LeaseFleetApi {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list(query: ListLeasesQuery, options?: CallOptions) {
    return this.#transport.get<Page<LeaseSummary>>('/leases', {
      ...options,
      query,
    });
  }

  overview(query: LeaseOverviewQuery, options?: CallOptions) {
    return this.#transport.get<LeaseOverview>('/leases/overview', {
      ...options,
      query,
    });
  }
}
