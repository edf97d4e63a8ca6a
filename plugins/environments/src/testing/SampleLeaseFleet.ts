import {
  Environment,
  EnvironmentLease,
  JsonObject,
  LEASE_OUTCOMES,
  LeaseFleetApi,
  LeaseListName,
  LeaseOverview,
  LeaseOverviewQuery,
  LeaseSelection,
  LeaseSummary,
  LeaseSimulation,
  ListLeasesQuery,
  ListSimulatedLeasesRequest,
  ListSleepsQuery,
  Page,
  Problem,
  SimulatedCost,
  SimulatedLease,
  SimulatedLeasePage,
  SleepingEnvironment,
  SimulateLeasesRequest,
} from '@greenroom/plugin-environments-common';
import { holds, pageOf, refusal } from './answers';
import { DAY, iso } from './builders';
import { sampleSleeps } from './sampleSleeps';

export interface SampleLeaseFleetData {
  environments?: Environment[];
  /** By the id of their environment; what they leave out is as in a usual lease. */
  leases?: Record<string, Partial<EnvironmentLease>>;
  teams?: string[];
  /** Those of the configuration. */
  rules?: JsonObject[];
  /** What other rules would come to, whichever they are. */
  simulated?: SimulatedLease[];
  simulatedCosts?: SimulatedCost[];
  /** Why rules that are tried are refused. */
  ruleProblem?: Problem;
  /** By the id of their environment; what they leave out follows from its schedule. */
  sleeping?: Record<string, Partial<SleepingEnvironment>>;
}

/** The leases of sample environments as one list; days have 24 hours, whatever the time zone. */
export class SampleLeaseFleet implements LeaseFleetApi {
  readonly #data: SampleLeaseFleetData;
  /** What was asked to be tried. */
  readonly tried: SimulateLeasesRequest[] = [];
  readonly #now = Date.now();

  constructor(data: SampleLeaseFleetData) {
    this.#data = data;
  }

  async list(query: ListLeasesQuery): Promise<Page<LeaseSummary>> {
    const {
      list = 'ending',
      from = '',
      until = iso(this.#now, 7 * DAY),
    } = query;
    const isIn: Record<LeaseListName, (lease: LeaseSummary) => boolean> = {
      ending: ({ dueAt }) =>
        dueAt !== undefined && dueAt >= from && dueAt < until,
      grace: ({ stage }) => stage === 'grace',
      held: ({ hold }) => hold !== undefined,
      protected: ({ protection }) => protection !== undefined,
    };
    return pageOf(
      this.#selected(query)
        .filter(isIn[list])
        .sort((one, other) =>
          (one.dueAt ?? '').localeCompare(other.dueAt ?? ''),
        ),
      query,
    );
  }

  async overview(query: LeaseOverviewQuery): Promise<LeaseOverview> {
    const leases = this.#selected(query);
    const count = (test: (lease: LeaseSummary) => boolean) =>
      leases.filter(test).length;
    const midnight = Math.floor(this.#now / DAY) * DAY;
    const pauses = ({ stage, onExpiry }: LeaseSummary) =>
      stage === 'running' && onExpiry === 'pause';
    return {
      at: iso(this.#now, 0),
      days: Array.from({ length: query.days }, (_, index) => {
        const from = iso(midnight, index * DAY);
        const until = iso(midnight, (index + 1) * DAY);
        const isDue = ({ dueAt }: LeaseSummary) =>
          dueAt !== undefined &&
          (index === 0 || dueAt >= from) &&
          dueAt < until;
        return {
          from,
          until,
          destroys: count(lease => isDue(lease) && !pauses(lease)),
          pauses: count(lease => isDue(lease) && pauses(lease)),
        };
      }),
      living: leases.length,
      unlimited: count(({ expiresAt }) => expiresAt === undefined),
      grace: count(({ stage }) => stage === 'grace'),
      held: count(({ hold }) => hold !== undefined),
      protected: count(({ protection }) => protection !== undefined),
      blocked: count(({ stage }) => stage === 'blocked'),
    };
  }

  async sleeps(query: ListSleepsQuery): Promise<Page<SleepingEnvironment>> {
    const { sleeping = {} } = this.#data;
    const found = this.#living(query)
      .sort((one, other) => one.name.localeCompare(other.name))
      .flatMap(one => sampleSleeps(one, query, this.#now))
      .map(one => ({ ...one, ...sleeping[one.environmentId] }));
    return pageOf(found, query);
  }

  #selected(query: LeaseSelection): LeaseSummary[] {
    return this.#living(query).map(one => this.#summary(one));
  }

  #living(query: LeaseSelection): Environment[] {
    const { teams = ['group:default/checkout'] } = this.#data;
    return (this.#data.environments ?? [])
      .filter(({ state }) => state !== 'destroyed')
      .filter(
        one =>
          one.name.includes(query.search ?? '') &&
          holds(query.owner, one.owner) &&
          holds(query.blueprint, one.blueprint.name) &&
          holds(query.type, one.type) &&
          (query.scope !== 'teams' || teams.includes(one.owner)) &&
          (query.scope !== 'mine' || one.createdBy === 'user:default/mira'),
      );
  }

  #summary(one: Environment): LeaseSummary {
    const own: Partial<EnvironmentLease> = this.#data.leases?.[one.id] ?? {};
    const { rules, extension, rights, ...standing } = own;
    return {
      environmentId: one.id,
      environmentName: one.name,
      stage: one.state === 'destroying' ? 'ending' : 'running',
      rule: 'ttl.default',
      dueAt: one.state === 'destroying' ? undefined : one.lease.expiresAt,
      extensionsUsed: 0,
      revision: 1,
      state: one.state,
      owner: one.owner,
      createdBy: one.createdBy,
      type: one.type,
      blueprint: one.blueprint,
      ...one.lease,
      ...standing,
    };
  }

  async getRules(): Promise<{ rules: JsonObject[] }> {
    return { rules: this.#data.rules ?? [] };
  }

  async simulate(request: SimulateLeasesRequest): Promise<LeaseSimulation> {
    this.tried.push(request);
    const problem = this.#data.ruleProblem;
    if (problem) throw await refusal(400, [problem]);
    const { simulated = [], simulatedCosts = [] } = this.#data;
    const count = (test: (one: SimulatedLease) => boolean) =>
      simulated.filter(test).length;
    return {
      at: iso(this.#now, 0),
      horizonDays: 14,
      leases: this.#selected({}).length,
      outcomes: Object.fromEntries(
        LEASE_OUTCOMES.map(outcome => [
          outcome,
          count(one => one.outcome === outcome),
        ]),
      ) as LeaseSimulation['outcomes'],
      overMaximum: count(one => one.overMaximum),
      losesExtensions: count(one => one.losesExtensions),
      hours: { now: 12_000, simulated: 9_400 },
      costs: simulatedCosts,
      withoutCost: simulated.filter(({ cost }) => !cost).length,
      owners: [
        { owner: 'group:default/checkout', environments: 3, hours: -2_600 },
      ],
    };
  }

  async listSimulated(
    request: ListSimulatedLeasesRequest,
  ): Promise<SimulatedLeasePage> {
    return pageOf(this.#data.simulated ?? [], request);
  }
}
