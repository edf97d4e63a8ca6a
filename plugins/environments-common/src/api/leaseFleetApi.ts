import { CallOptions } from './environmentsApi';
import {
  LeaseOverview,
  LeaseOverviewQuery,
  LeaseSummary,
  ListLeasesQuery,
} from './leaseFleetTypes';
import { ListSleepsQuery, SleepingEnvironment } from './leaseSleepTypes';
import {
  LeaseSimulation,
  ListSimulatedLeasesRequest,
  SimulatedLeasePage,
  SimulateLeasesRequest,
} from './leaseWhatIfTypes';
import { JsonObject } from '../json';
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
  /** When environments sleep by their schedules, by their names. */
  sleeps(
    query: ListSleepsQuery,
    options?: CallOptions,
  ): Promise<Page<SleepingEnvironment>>;
  /** What would be, had all leases been granted under other rules; nothing is changed. */
  simulate(
    request: SimulateLeasesRequest,
    options?: CallOptions,
  ): Promise<LeaseSimulation>;
  /** The environments that would fare otherwise. */
  listSimulated(
    request: ListSimulatedLeasesRequest,
    options?: CallOptions,
  ): Promise<SimulatedLeasePage>;
  /** The rules of the configuration, as they may be given to {@link LeaseFleetApi.simulate}. */
  getRules(options?: CallOptions): Promise<{ rules: JsonObject[] }>;
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

  sleeps(query: ListSleepsQuery, options?: CallOptions) {
    return this.#transport.get<Page<SleepingEnvironment>>('/leases/sleeps', {
      ...options,
      query,
    });
  }

  simulate(request: SimulateLeasesRequest, options?: CallOptions) {
    return this.#transport.post<LeaseSimulation>('/leases/simulate', {
      ...options,
      body: request,
    });
  }

  listSimulated(request: ListSimulatedLeasesRequest, options?: CallOptions) {
    return this.#transport.post<SimulatedLeasePage>(
      '/leases/simulate/environments',
      { ...options, body: request },
    );
  }

  getRules(options?: CallOptions) {
    return this.#transport.get<{ rules: JsonObject[] }>(
      '/leases/rules',
      options,
    );
  }
}
