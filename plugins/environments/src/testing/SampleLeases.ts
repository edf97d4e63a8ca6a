import {
  BulkOutcome,
  BulkRequest,
  Environment,
  EnvironmentLease,
  ExtendLeaseRequest,
  HoldLeaseRequest,
  ExtendOffer,
  LeaseChange,
  LeaseLedgerEntry,
  LeaseRequest,
  LeaseVerification,
  MoveLeaseRequest,
  Page,
} from '@greenroom/plugin-environments-common';
import { found, pageOf } from './answers';
import { bulkItem } from './bulkItems';
import { SampleBlueprintData } from './SampleBlueprints';
import { SampleBrake, SampleBrakeData } from './SampleBrake';
import { SampleLeaseFleetData } from './SampleLeaseFleet';
import { SampleMoreTime, SampleMoreTimeData } from './SampleMoreTime';

/** What a sample backend knows of leases, beside what is with their environments. */
export interface SampleLeaseData
  extends
    SampleBrakeData,
    SampleMoreTimeData,
    Omit<SampleLeaseFleetData, 'environments' | 'teams'> {
  /** By the id of their environment, newest first. */
  ledgers?: Record<string, LeaseLedgerEntry[]>;
  /** By the token of their link. */
  offers?: Record<string, ExtendOffer>;
}

/** The part of {@link SampleApi} that is about leases: it takes requests, and moves nothing. */
export class SampleLeases extends SampleBrake {
  readonly moreTime: SampleMoreTime;
  readonly #leases: Record<string, Partial<EnvironmentLease>>;
  readonly #ledgers: Record<string, LeaseLedgerEntry[]>;
  readonly #environments: Environment[];
  readonly #offers: Record<string, ExtendOffer>;

  constructor(
    data: SampleBlueprintData & SampleLeaseData,
    environments: Environment[] = [],
  ) {
    super(data, environments);
    this.moreTime = new SampleMoreTime(data, this.#change.bind(this));
    this.#leases = data.leases ?? {};
    this.#ledgers = data.ledgers ?? {};
    this.#environments = environments;
    this.#offers = data.offers ?? {};
  }

  async getLease(id: string): Promise<EnvironmentLease> {
    const { name, state, lease } = await found(
      this.#environments,
      one => one.id === id,
    );
    return {
      environmentId: id,
      environmentName: name,
      stage: state === 'destroyed' ? 'ended' : 'running',
      rule: 'ttl.default',
      dueAt: lease.expiresAt,
      extensionsUsed: 0,
      revision: 1,
      rules: { holdMax: { value: 604_800, rule: 'lease.hold.max' } },
      extension: { usualSeconds: 86_400, until: lease.maxExpiresAt },
      rights: { extend: true, override: false, hold: false, protect: false },
      ...lease,
      ...this.#leases[id],
    };
  }

  async listLeaseEntries(
    id: string,
    query: { cursor?: string; limit?: number },
  ): Promise<Page<LeaseLedgerEntry>> {
    return pageOf(this.#ledgers[id] ?? [], query);
  }

  extendLease(id: string, request: ExtendLeaseRequest) {
    return this.#change(`extend ${id}`, id, request);
  }

  shortenLease(id: string, request: MoveLeaseRequest) {
    return this.#change(`shorten ${id}`, id, request);
  }

  holdLease(id: string, request: HoldLeaseRequest) {
    return this.#change(`hold ${id}`, id, request);
  }

  releaseLease(id: string, request: LeaseRequest) {
    return this.#change(`release ${id}`, id, request);
  }

  protectEnvironment(id: string, request: LeaseRequest) {
    return this.#change(`protect ${id}`, id, request);
  }

  unprotectEnvironment(id: string, request: LeaseRequest) {
    return this.#change(`unprotect ${id}`, id, request);
  }

  /** With a filter, whatever it is, all that live. */
  async changeEnvironments(request: BulkRequest): Promise<BulkOutcome> {
    const { action, ids, dryRun = false } = request;
    const chosen = this.#environments.filter(({ id, state }) =>
      ids ? ids.includes(id) : state !== 'destroyed',
    );
    const items = chosen.map(one => bulkItem(one, request));
    const refused = items.filter(({ problem }) => problem).length;
    if (!dryRun) this.done.push({ what: `${action} many`, body: request });
    return { action, dryRun, done: items.length - refused, refused, items };
  }

  async getExtendOffer(token: string): Promise<ExtendOffer> {
    const offers = Object.entries(this.#offers);
    const [, offer] = await found(offers, ([one]) => one === token);
    return offer;
  }

  async useExtendLink(token: string): Promise<LeaseChange> {
    const { environmentId } = await this.getExtendOffer(token);
    return this.#change(`use the link ${environmentId}`, environmentId, {});
  }

  async verifyLeases(): Promise<LeaseVerification> {
    return { checked: this.#environments.length, differing: [] };
  }

  async #change(
    what: string,
    id: string,
    body: LeaseRequest,
  ): Promise<LeaseChange> {
    this.done.push({ what, body });
    const { dryRun = false } = body;
    return { dryRun, entries: [], lease: await this.getLease(id) };
  }
}
