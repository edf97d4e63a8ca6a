import { CallOptions, KeyedOptions } from './environmentsApi';
import {
  FleetEnvironment,
  FleetPreview,
  FleetUpgrade,
  FleetUpgradeRequest,
  FleetUpgradeSummary,
  ListFleetEnvironmentsQuery,
  ListFleetUpgradesQuery,
  MoveFleetUpgradeRequest,
} from './fleetTypes';
import { keyed, path, Transport } from './transport';
import { Page } from './types';

/**
 * Upgrades of many environments at once, as their callers see them.
 *
 * @public
 */
export interface FleetApi {
  /** Who would come when, and who would be set aside; nothing is written. */
  preview(
    request: FleetUpgradeRequest,
    options?: CallOptions,
  ): Promise<FleetPreview>;
  /** Repeating it with the same key gives the first one again. */
  create(
    request: FleetUpgradeRequest,
    options?: KeyedOptions,
  ): Promise<FleetUpgrade>;
  /** Newest first. */
  list(
    query: ListFleetUpgradesQuery,
    options?: CallOptions,
  ): Promise<Page<FleetUpgradeSummary>>;
  get(id: string, options?: CallOptions): Promise<FleetUpgrade>;
  listEnvironments(
    id: string,
    query: ListFleetEnvironmentsQuery,
    options?: CallOptions,
  ): Promise<Page<FleetEnvironment>>;
  /** Nothing more begins until it is resumed. */
  pause(
    id: string,
    request: MoveFleetUpgradeRequest,
    options?: CallOptions,
  ): Promise<FleetUpgrade>;
  /** It goes on, with the rights of whoever resumes it; failures so far don't count any more. */
  resume(
    id: string,
    request: MoveFleetUpgradeRequest,
    options?: CallOptions,
  ): Promise<FleetUpgrade>;
  /** Nothing more begins, for good. */
  abort(
    id: string,
    request: MoveFleetUpgradeRequest,
    options?: CallOptions,
  ): Promise<FleetUpgrade>;
}

/** Fleet upgrades over HTTP. */
export class FleetClient implements FleetApi {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  preview(request: FleetUpgradeRequest, options?: CallOptions) {
    return this.#transport.post<FleetPreview>('/fleet-upgrades/preview', {
      ...options,
      body: request,
    });
  }

  create(request: FleetUpgradeRequest, options?: KeyedOptions) {
    return this.#transport.post<FleetUpgrade>('/fleet-upgrades', {
      ...keyed(options),
      body: request,
    });
  }

  list(query: ListFleetUpgradesQuery, options?: CallOptions) {
    return this.#transport.get<Page<FleetUpgradeSummary>>('/fleet-upgrades', {
      ...options,
      query,
    });
  }

  get(id: string, options?: CallOptions) {
    return this.#transport.get<FleetUpgrade>(
      path`/fleet-upgrades/${id}`,
      options,
    );
  }

  listEnvironments(
    id: string,
    query: ListFleetEnvironmentsQuery,
    options?: CallOptions,
  ) {
    return this.#transport.get<Page<FleetEnvironment>>(
      path`/fleet-upgrades/${id}/environments`,
      { ...options, query },
    );
  }

  pause(id: string, request: MoveFleetUpgradeRequest, options?: CallOptions) {
    return this.#move(id, 'pause', request, options);
  }

  resume(id: string, request: MoveFleetUpgradeRequest, options?: CallOptions) {
    return this.#move(id, 'resume', request, options);
  }

  abort(id: string, request: MoveFleetUpgradeRequest, options?: CallOptions) {
    return this.#move(id, 'abort', request, options);
  }

  #move(
    id: string,
    move: string,
    body: MoveFleetUpgradeRequest,
    options?: CallOptions,
  ) {
    return this.#transport.post<FleetUpgrade>(
      path`/fleet-upgrades/${id}/${move}`,
      { ...options, body },
    );
  }
}
