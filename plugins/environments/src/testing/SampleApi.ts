import {
  ActivityApi,
  ChangeLabelsRequest,
  CreateEnvironmentRequest,
  CreateEnvironmentResponse,
  Environment,
  EnvironmentCounts,
  EnvironmentResource,
  EnvironmentsApi,
  EnvironmentSummary,
  EstimatedCost,
  EnvironmentWatcher,
  EnvironmentUpgrade,
  FailedTeardown,
  FailingTeardownCheck,
  ListEnvironmentsQuery,
  ListOperationsQuery,
  ListOrphansQuery,
  LogLine,
  LogPage,
  Operation,
  OperationPlan,
  OperationSummary,
  Orphan,
  Page,
  parseLabelSelector,
  Problem,
  KeyedOptions,
  RekeyProgress,
  SealedSummary,
  StateVersionSummary,
  StreamLogsOptions,
  SubmitOperationRequest,
  withLabelChanges,
} from '@greenroom/plugin-environments-common';
import { SampleLeaseFleet } from './SampleLeaseFleet';
import { SampleLive, SampleLiveData } from './SampleLive';
import { SampleFleet, SampleFleetData } from './SampleFleet';
import { sampleUpgrade } from './sampleUpgrade';
import { comparing, found, holds, pageOf, refusal } from './answers';
import { SampleBlueprintData } from './SampleBlueprints';
import { SampleLeaseData, SampleLeases } from './SampleLeases';

export { refusal } from './answers';

/** What a sample backend holds. */
export interface SampleData extends SampleBlueprintData, SampleLeaseData {
  environments?: Environment[];
  operations?: Operation[];
  resources?: Record<string, EnvironmentResource[]>;
  logs?: Record<string, LogLine[]>;
  /** By the id of their operation. */
  plans?: Record<string, OperationPlan>;
  orphans?: Orphan[];
  failedTeardowns?: FailedTeardown[];
  failingChecks?: FailingTeardownCheck[];
  /** By the id of their environment. */
  stateVersions?: Record<string, StateVersionSummary[]>;
  fleet?: SampleFleetData;
  live?: SampleLiveData;
  /** What the environment of a dry run costs. */
  cost?: EstimatedCost;
  /** The groups whose environments count as the caller's teams'. */
  teams?: string[];
}

/**
 * The environments API over data in memory, for tests and for looking at pages
 * without a backend. It filters, sorts and pages like the real one; it runs
 * nothing: operations stay as they are, streams end after the given lines, and
 * permissions, expiry and concurrency do not exist.
 */
export class SampleApi extends SampleLeases implements EnvironmentsApi {
  readonly fleet: SampleFleet;
  readonly leases: SampleLeaseFleet;
  readonly live: SampleLive;
  readonly activity: ActivityApi = {
    report: async (environmentId, body) => {
      this.done.push({ what: `report the use of ${environmentId}`, body });
    },
  };
  readonly created: CreateEnvironmentRequest[] = [];
  readonly submitted: ({ id: string } & SubmitOperationRequest)[] = [];
  #data: Required<
    Omit<
      SampleData,
      | keyof SampleBlueprintData
      | keyof SampleLeaseData
      | 'fleet'
      | 'live'
      | 'cost'
    >
  >;

  readonly #cost?: EstimatedCost;

  constructor(data: SampleData = {}) {
    super(data, data.environments);
    this.#cost = data.cost;
    this.fleet = new SampleFleet(data.fleet);
    this.leases = new SampleLeaseFleet(data);
    this.live = new SampleLive(data.live);
    this.#data = {
      environments: data.environments ?? [],
      operations: data.operations ?? [],
      resources: data.resources ?? {},
      logs: data.logs ?? {},
      plans: data.plans ?? {},
      orphans: data.orphans ?? [],
      failedTeardowns: data.failedTeardowns ?? [],
      failingChecks: data.failingChecks ?? [],
      stateVersions: data.stateVersions ?? {},
      teams: data.teams ?? ['group:default/checkout'],
    };
  }

  async listEnvironments(
    query: ListEnvironmentsQuery,
  ): Promise<Page<EnvironmentSummary>> {
    return this.#list(query);
  }

  #list(query: ListEnvironmentsQuery): Page<EnvironmentSummary> {
    const matching = this.#data.environments
      .filter(one => this.#matches(one, query))
      .sort(comparing(query.sort ?? 'timeLeft'));
    if (query.order === 'desc') matching.reverse();
    return pageOf(matching, query);
  }

  #matches(one: Environment, query: ListEnvironmentsQuery): boolean {
    return (
      (query.state?.length
        ? query.state.includes(one.state)
        : one.state !== 'destroyed') &&
      this.#isIn(query.scope, one.owner, one.createdBy) &&
      one.name.includes(query.search ?? '') &&
      holds(query.blueprint, one.blueprint.name) &&
      holds(query.version, one.blueprint.version) &&
      holds(query.owner, one.owner) &&
      (query.label ?? [])
        .map(parseLabelSelector)
        .every(
          ({ key, value = one.labels[key] }) =>
            Object.hasOwn(one.labels, key) && one.labels[key] === value,
        )
    );
  }

  async countEnvironments(): Promise<EnvironmentCounts> {
    const total = (query: ListEnvironmentsQuery) => this.#list(query).total;
    return {
      mine: total({ scope: 'mine' }),
      teams: total({ scope: 'teams' }),
      all: total({ scope: 'all' }),
      failedInTeams: total({ scope: 'teams', state: ['failed'] }),
      endingTodayInTeams: Math.min(4, total({ scope: 'teams' })),
    };
  }

  async createEnvironment(
    request: CreateEnvironmentRequest,
    _options: { idempotencyKey: string },
  ): Promise<CreateEnvironmentResponse> {
    const problems = this.#check(request);
    if (problems.length > 0) throw await refusal(400, problems);
    const version = this.versions[0];
    const blueprint = {
      name: version.name,
      title: version.title,
      version: version.version,
      entityRef: version.entityRef,
    };
    if (request.dryRun) {
      const trial = this.#data.operations.find(({ dryRun }) => dryRun);
      return {
        blueprint,
        inputs: request.inputs,
        cost: this.#cost,
        operation: request.plan ? trial : undefined,
      };
    }
    this.created.push(request);
    const [environment] = this.#data.environments;
    const operation = this.#data.operations.find(
      ({ id }) => id === environment.latestOperation.id,
    );
    return { blueprint, inputs: request.inputs, environment, operation };
  }

  #check(request: CreateEnvironmentRequest): Problem[] {
    const taken = this.#data.environments.some(
      ({ name, state }) => name === request.name && state !== 'destroyed',
    );
    return taken
      ? [
          {
            code: 'environment.name.taken',
            message: `The name "${request.name}" is taken by a living environment.`,
            field: '/name',
            remedy: 'Choose another name.',
          },
        ]
      : [];
  }

  async getEnvironment(id: string): Promise<Environment> {
    return found(this.#data.environments, one => one.id === id);
  }

  async getEnvironmentByName(name: string): Promise<Environment> {
    return found(this.#data.environments, one => one.name === name);
  }

  async changeLabels(
    id: string,
    { labels }: ChangeLabelsRequest,
  ): Promise<Environment> {
    this.done.push({ what: `label ${id}`, body: labels });
    const environment = await this.getEnvironment(id);
    environment.labels = withLabelChanges(environment.labels, labels);
    return environment;
  }

  async submitOperation(
    id: string,
    request: SubmitOperationRequest,
  ): Promise<Operation> {
    this.submitted.push({ id, ...request });
    return found(
      this.#data.operations,
      one => one.environmentId === id && (!request.dryRun || one.dryRun),
    );
  }

  async getUpgrade(
    id: string,
    { version }: { version?: string },
  ): Promise<EnvironmentUpgrade> {
    return sampleUpgrade(
      await this.getEnvironment(id),
      { blueprints: this.blueprints, versions: this.versions },
      version,
    );
  }

  async listResources(id: string): Promise<EnvironmentResource[]> {
    return this.#data.resources[id] ?? [];
  }

  async listOperations(
    query: ListOperationsQuery,
  ): Promise<Page<OperationSummary>> {
    const matching = this.#data.operations
      .filter(
        one =>
          (!query.environmentId || one.environmentId === query.environmentId) &&
          this.#isIn(query.scope, one.owner, one.requestedBy) &&
          one.environmentName.includes(query.search ?? '') &&
          holds(query.state, one.state) &&
          holds(query.kind, one.kind) &&
          holds(query.owner, one.owner),
      )
      .sort(
        (a, b) =>
          b.requestedAt.localeCompare(a.requestedAt) || b.number - a.number,
      );
    return pageOf(matching, query);
  }

  #isIn(scope: string | undefined, owner: string, person: string): boolean {
    if (scope === 'teams') return this.#data.teams.includes(owner);
    return scope !== 'mine' || person === 'user:default/mira';
  }

  async getOperation(id: string): Promise<Operation> {
    return found(this.#data.operations, one => one.id === id);
  }

  async getOperationPlan(id: string): Promise<OperationPlan> {
    return (
      this.#data.plans[id] ?? {
        hash: '',
        summary: { add: 0, change: 0, remove: 0 },
        components: [],
      }
    );
  }

  async cancelOperation(id: string, body: object) {
    return this.#move('cancel', id, body);
  }

  async confirmOperation(id: string, body: object) {
    return this.#move('confirm', id, body);
  }

  async retryOperation(id: string, body: object, _options?: KeyedOptions) {
    return this.#move('retry', id, body);
  }

  async rollBackTo(id: string, body: object, _options?: KeyedOptions) {
    return this.#move('rollBackTo', id, body);
  }

  async takeOverOperation(id: string, body: object) {
    return this.#move('takeOver', id, body);
  }

  async #move(what: string, id: string, body: object): Promise<Operation> {
    this.done.push({ what: `${what} ${id}`, body });
    return this.getOperation(id);
  }

  async listOrphans(query: ListOrphansQuery): Promise<Page<Orphan>> {
    const { search = '' } = query;
    return pageOf(
      this.#data.orphans.filter(
        one =>
          holds(query.state?.length ? query.state : ['open'], one.state) &&
          holds(query.owner, one.owner) &&
          `${one.environmentName} ${one.address} ${one.externalId}`.includes(
            search,
          ),
      ),
      query,
    );
  }

  async listFailedTeardowns(
    query: Pick<ListOrphansQuery, 'search' | 'cursor' | 'limit'>,
  ): Promise<Page<FailedTeardown>> {
    return pageOf(
      this.#data.failedTeardowns.filter(({ environmentName }) =>
        environmentName.includes(query.search ?? ''),
      ),
      query,
    );
  }

  async listFailingTeardownChecks(
    query: Omit<ListOrphansQuery, 'state'>,
  ): Promise<Page<FailingTeardownCheck>> {
    return pageOf(
      this.#data.failingChecks.filter(({ environmentName }) =>
        environmentName.includes(query.search ?? ''),
      ),
      query,
    );
  }

  async checkTeardown(id: string): Promise<Operation> {
    this.done.push({ what: `check the teardown of ${id}` });
    return found(
      this.#data.operations,
      one => one.environmentId === id && one.dryRun,
    );
  }

  async watchEnvironment(id: string) {
    this.done.push({ what: `watch ${id}` });
    const since = '2026-11-22T12:00:00.000Z';
    return this.#watch(id, [{ watcher: 'user:default/mira', since }]);
  }

  async unwatchEnvironment(id: string) {
    this.done.push({ what: `unwatch ${id}` });
    return this.#watch(id, []);
  }

  /** Anew rather than changed: whoever has it sees that it is another. */
  async #watch(id: string, mira: EnvironmentWatcher[]) {
    const environment = await this.getEnvironment(id);
    const others = environment.watchers?.filter(
      ({ watcher }) => watcher !== 'user:default/mira',
    );
    const watchers = [...(others ?? []), ...mira];
    const { environments } = this.#data;
    environments[environments.indexOf(environment)] = {
      ...environment,
      watchers,
    };
    return watchers;
  }

  async forgetEnvironment(id: string, body: object): Promise<Environment> {
    this.done.push({ what: `forget ${id}`, body });
    return this.getEnvironment(id);
  }

  async listStateVersions(
    environmentId: string,
    query: { component?: string; cursor?: string; limit?: number },
  ): Promise<Page<StateVersionSummary>> {
    return pageOf(
      (this.#data.stateVersions[environmentId] ?? []).filter(
        ({ component }) => !query.component || component === query.component,
      ),
      query,
    );
  }

  async downloadState(id: string): Promise<string> {
    this.done.push({ what: `download ${id}` });
    return '{}';
  }

  async restoreState(id: string, body: object): Promise<StateVersionSummary> {
    this.done.push({ what: `restore ${id}`, body });
    return found(
      Object.values(this.#data.stateVersions).flat(),
      one => one.id === id,
    );
  }

  async getSealed(): Promise<SealedSummary> {
    throw await refusal(403, []);
  }

  async rekey(): Promise<RekeyProgress> {
    throw await refusal(403, []);
  }

  async ejectEnvironment(): Promise<Response> {
    return new Response('a zip archive');
  }

  async downloadLogs(id: string): Promise<Response> {
    const lines = this.#data.logs[id] ?? [];
    return new Response(lines.map(({ text }) => `${text}\n`).join(''));
  }

  async getLogs(operationId: string): Promise<LogPage> {
    return { items: this.#data.logs[operationId] ?? [], complete: true };
  }

  async streamLogs(
    operationId: string,
    { onLine, onEnd }: StreamLogsOptions,
  ): Promise<void> {
    const { state } = await this.getOperation(operationId);
    this.#data.logs[operationId]?.forEach(onLine);
    if (['succeeded', 'failed', 'cancelled'].includes(state)) onEnd?.(state);
  }
}
