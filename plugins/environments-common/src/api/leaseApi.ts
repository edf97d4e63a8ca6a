import { CallOptions, KeyedOptions } from './environmentsApi';
import {
  LeaseBrakeAnswer,
  LeaseBrakeRequest,
  LeaseBrakeStatus,
  ListWaitingLeasesQuery,
  PostponeLeaseBrakeRequest,
  WaitingLease,
} from './leaseBrakeTypes';
import {
  EnvironmentLease,
  ExtendOffer,
  ExtendLeaseRequest,
  HoldLeaseRequest,
  LeaseChange,
  LeaseLedgerEntry,
  LeaseRequest,
  LeaseVerification,
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
  /** For an incident; takes a permission of its own, as the next three do. */
  holdLease(
    environmentId: string,
    request: HoldLeaseRequest,
    options?: KeyedOptions,
  ): Promise<LeaseChange>;
  /** What is over by then is due at once. */
  releaseLease(
    environmentId: string,
    request: LeaseRequest,
    options?: KeyedOptions,
  ): Promise<LeaseChange>;
  /** Nobody destroys it, neither by hand nor its lease, until that is lifted; needs a reason. */
  protectEnvironment(
    environmentId: string,
    request: LeaseRequest,
    options?: KeyedOptions,
  ): Promise<LeaseChange>;
  unprotectEnvironment(
    environmentId: string,
    request: LeaseRequest,
    options?: KeyedOptions,
  ): Promise<LeaseChange>;
  /** What the link of a warning would do. */
  getExtendOffer(token: string, options?: CallOptions): Promise<ExtendOffer>;
  /** Works once. */
  useExtendLink(token: string): Promise<LeaseChange>;
  /** Checks some of all leases against their ledgers; again with `nextCursor` until there is none. */
  verifyLeases(
    query: { cursor?: string },
    options?: CallOptions,
  ): Promise<LeaseVerification>;
  /** Whether leases that fell due in a leap of the clock wait for the word of an operator. */
  getLeaseBrake(options?: CallOptions): Promise<LeaseBrakeStatus>;
  /** What waits, the longest due first. */
  listWaitingLeases(
    query: ListWaitingLeasesQuery,
    options?: CallOptions,
  ): Promise<Page<WaitingLease>>;
  /** They end now; takes a permission of its own, as the next does. */
  releaseLeaseBrake(
    brakeId: string,
    request: LeaseBrakeRequest,
  ): Promise<LeaseBrakeAnswer>;
  /** Nothing of them falls due for so long. */
  postponeLeaseBrake(
    brakeId: string,
    request: PostponeLeaseBrakeRequest,
  ): Promise<LeaseBrakeAnswer>;
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

  holdLease(
    environmentId: string,
    request: HoldLeaseRequest,
    options?: KeyedOptions,
  ) {
    return this.#change(environmentId, 'hold', request, options);
  }

  releaseLease(
    environmentId: string,
    request: LeaseRequest,
    options?: KeyedOptions,
  ) {
    return this.#change(environmentId, 'release', request, options);
  }

  protectEnvironment(
    environmentId: string,
    request: LeaseRequest,
    options?: KeyedOptions,
  ) {
    return this.#change(environmentId, 'protect', request, options);
  }

  unprotectEnvironment(
    environmentId: string,
    request: LeaseRequest,
    options?: KeyedOptions,
  ) {
    return this.#change(environmentId, 'unprotect', request, options);
  }

  getExtendOffer(token: string, options?: CallOptions) {
    return this.#transport.get<ExtendOffer>(
      path`/lease-links/${token}`,
      options,
    );
  }

  useExtendLink(token: string) {
    return this.#transport.post<LeaseChange>(
      path`/lease-links/${token}/use`,
      {},
    );
  }

  verifyLeases(query: { cursor?: string }, options?: CallOptions) {
    return this.#transport.get<LeaseVerification>('/leases/verification', {
      ...options,
      query,
    });
  }

  getLeaseBrake(options?: CallOptions) {
    return this.#transport.get<LeaseBrakeStatus>('/leases/brake', options);
  }

  listWaitingLeases(query: ListWaitingLeasesQuery, options?: CallOptions) {
    return this.#transport.get<Page<WaitingLease>>('/leases/brake/waiting', {
      ...options,
      query,
    });
  }

  releaseLeaseBrake(brakeId: string, request: LeaseBrakeRequest) {
    return this.#transport.post<LeaseBrakeAnswer>(
      path`/leases/brakes/${brakeId}/release`,
      { body: request },
    );
  }

  postponeLeaseBrake(brakeId: string, request: PostponeLeaseBrakeRequest) {
    return this.#transport.post<LeaseBrakeAnswer>(
      path`/leases/brakes/${brakeId}/postpone`,
      { body: request },
    );
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
