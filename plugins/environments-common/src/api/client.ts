import {
  Blueprint,
  BlueprintComparison,
  BlueprintImpact,
  BlueprintSource,
  BlueprintSummary,
  BlueprintVersion,
  MoveBlueprintVersionRequest,
  PublishBlueprintRequest,
  RecommendBlueprintRequest,
} from './blueprintTypes';
import { ActivityClient } from './activityApi';
import { FleetClient } from './fleetApi';
import { BulkOutcome, BulkRequest } from './bulkTypes';
import { LeaseClient } from './leaseApi';
import { LeaseFleetClient } from './leaseFleetApi';
import { MoreTimeClient } from './leaseMoreTimeApi';
import { LiveClient } from './liveApi';
import { followLogs, StreamLogsOptions } from './logStream';
import { ProblemsError } from './problemsError';
import {
  CancelOperationRequest,
  ConfirmOperationRequest,
  ListOperationsQuery,
  LogPage,
  Operation,
  OperationPlan,
  OperationSummary,
  RepeatOperationRequest,
  SubmitOperationRequest,
  TakeOverRequest,
} from './operationTypes';
import {
  FailedTeardown,
  ForgetRequest,
  ListOrphansQuery,
  Orphan,
} from './orphanTypes';
import {
  RekeyProgress,
  RekeyRequest,
  RestoreStateRequest,
  SealedSummary,
  StateVersionSummary,
} from './stateTypes';
import {
  ChangeLabelsRequest,
  CreateEnvironmentRequest,
  CreateEnvironmentResponse,
  Environment,
  EnvironmentCounts,
  EnvironmentResource,
  EnvironmentSummary,
  EnvironmentWatcher,
  ListEnvironmentsQuery,
  Page,
} from './types';
import { FailingTeardownCheck } from './teardownCheckTypes';
import { EnvironmentUpgrade } from './upgradeTypes';
import { CallOptions, EnvironmentsApi, KeyedOptions } from './environmentsApi';
import { keyed, path, Transport, TransportOptions } from './transport';

/** Calls the environments backend with the fetch of whoever runs it, which brings the credentials. */
export class EnvironmentsClient extends LeaseClient implements EnvironmentsApi {
  readonly fleet: FleetClient;
  readonly leases: LeaseFleetClient;
  readonly moreTime: MoreTimeClient;
  readonly activity: ActivityClient;
  readonly live: LiveClient;
  readonly #transport: Transport;

  constructor(options: TransportOptions) {
    const transport = new Transport(options);
    super(transport);
    this.#transport = transport;
    this.fleet = new FleetClient(transport);
    this.leases = new LeaseFleetClient(transport);
    this.moreTime = new MoreTimeClient(transport);
    this.activity = new ActivityClient(transport);
    this.live = new LiveClient(transport);
  }

  changeEnvironments(request: BulkRequest, options?: KeyedOptions) {
    return this.#transport.post<BulkOutcome>('/environments/bulk', {
      ...keyed(options),
      body: request,
    });
  }

  listEnvironments(query: ListEnvironmentsQuery, options?: CallOptions) {
    return this.#transport.get<Page<EnvironmentSummary>>('/environments', {
      ...options,
      query,
    });
  }

  countEnvironments(options?: CallOptions) {
    return this.#transport.get<EnvironmentCounts>(
      '/environments/counts',
      options,
    );
  }

  createEnvironment(
    request: CreateEnvironmentRequest,
    options: CallOptions & { idempotencyKey: string },
  ) {
    return this.#transport.post<CreateEnvironmentResponse>('/environments', {
      ...keyed(options),
      body: request,
    });
  }

  getEnvironment(id: string, options?: CallOptions) {
    return this.#transport.get<Environment>(path`/environments/${id}`, options);
  }

  getEnvironmentByName(name: string, options?: CallOptions) {
    return this.#transport.get<Environment>(
      path`/environments/by-name/${name}`,
      options,
    );
  }

  changeLabels(
    environmentId: string,
    request: ChangeLabelsRequest,
    options?: CallOptions,
  ) {
    return this.#transport.patch<Environment>(
      path`/environments/${environmentId}/labels`,
      { ...options, body: request },
    );
  }

  submitOperation(
    environmentId: string,
    request: SubmitOperationRequest,
    options?: KeyedOptions,
  ) {
    return this.#transport.post<Operation>(
      path`/environments/${environmentId}/operations`,
      { ...keyed(options), body: request },
    );
  }

  getUpgrade(
    environmentId: string,
    query: { version?: string },
    options?: CallOptions,
  ) {
    return this.#transport.get<EnvironmentUpgrade>(
      path`/environments/${environmentId}/upgrade`,
      { ...options, query },
    );
  }

  async listResources(id: string, options?: CallOptions) {
    const { items } = await this.#transport.get<{
      items: EnvironmentResource[];
    }>(path`/environments/${id}/resources`, options);
    return items;
  }

  async ejectEnvironment(id: string, options?: CallOptions) {
    const response = await this.#transport.fetch(
      'GET',
      path`/environments/${id}/eject`,
      options,
    );
    if (!response.ok) throw await ProblemsError.fromResponse(response);
    return response;
  }

  listOperations(query: ListOperationsQuery, options?: CallOptions) {
    return this.#transport.get<Page<OperationSummary>>('/operations', {
      ...options,
      query,
    });
  }

  getOperation(id: string, options?: CallOptions) {
    return this.#transport.get<Operation>(path`/operations/${id}`, options);
  }

  getOperationPlan(id: string, options?: CallOptions) {
    return this.#transport.get<OperationPlan>(
      path`/operations/${id}/plan`,
      options,
    );
  }

  cancelOperation(
    id: string,
    request: CancelOperationRequest,
    options?: CallOptions,
  ) {
    return this.#moveOperation(id, 'cancel', request, options);
  }

  confirmOperation(
    id: string,
    request: ConfirmOperationRequest,
    options?: CallOptions,
  ) {
    return this.#moveOperation(id, 'confirm', request, options);
  }

  retryOperation(
    id: string,
    request: RepeatOperationRequest,
    options?: KeyedOptions,
  ) {
    return this.#moveOperation(id, 'retry', request, options);
  }

  rollBackTo(
    id: string,
    request: RepeatOperationRequest,
    options?: KeyedOptions,
  ) {
    return this.#moveOperation(id, 'roll-back-to', request, options);
  }

  takeOverOperation(
    id: string,
    request: TakeOverRequest,
    options?: CallOptions,
  ) {
    return this.#moveOperation(id, 'take-over', request, options);
  }

  listOrphans(query: ListOrphansQuery, options?: CallOptions) {
    return this.#transport.get<Page<Orphan>>('/orphans', { ...options, query });
  }

  listFailingTeardownChecks(
    query: Omit<ListOrphansQuery, 'state'>,
    options?: CallOptions,
  ) {
    return this.#transport.get<Page<FailingTeardownCheck>>('/teardown-checks', {
      ...options,
      query,
    });
  }

  checkTeardown(environmentId: string, options?: CallOptions) {
    return this.#transport.post<Operation>(
      path`/environments/${environmentId}/teardown-check`,
      { ...options, body: {} },
    );
  }

  watchEnvironment(environmentId: string, options?: CallOptions) {
    return this.#watch(path`/environments/${environmentId}/watch`, options);
  }

  unwatchEnvironment(environmentId: string, options?: CallOptions) {
    return this.#watch(path`/environments/${environmentId}/unwatch`, options);
  }

  async #watch(route: string, options?: CallOptions) {
    const { items } = await this.#transport.post<{
      items: EnvironmentWatcher[];
    }>(route, { ...options, body: {} });
    return items;
  }

  listFailedTeardowns(
    query: Pick<ListOrphansQuery, 'scope' | 'search' | 'cursor' | 'limit'>,
    options?: CallOptions,
  ) {
    return this.#transport.get<Page<FailedTeardown>>('/failed-teardowns', {
      ...options,
      query,
    });
  }

  forgetEnvironment(
    environmentId: string,
    request: ForgetRequest,
    options?: CallOptions,
  ) {
    return this.#transport.post<Environment>(
      path`/environments/${environmentId}/forget`,
      { ...options, body: request },
    );
  }

  listStateVersions(
    environmentId: string,
    query: { component?: string; cursor?: string; limit?: number },
    options?: CallOptions,
  ) {
    return this.#transport.get<Page<StateVersionSummary>>(
      path`/environments/${environmentId}/state-versions`,
      { ...options, query },
    );
  }

  async downloadState(versionId: string, options?: CallOptions) {
    const response = await this.#transport.fetch(
      'GET',
      path`/state-versions/${versionId}/content`,
      options,
    );
    if (!response.ok) throw await ProblemsError.fromResponse(response);
    return response.text();
  }

  restoreState(
    versionId: string,
    request: RestoreStateRequest,
    options?: CallOptions,
  ) {
    return this.#transport.post<StateVersionSummary>(
      path`/state-versions/${versionId}/restore`,
      { ...options, body: request },
    );
  }

  getSealed(options?: CallOptions) {
    return this.#transport.get<SealedSummary>('/sealed', options);
  }

  rekey(request: RekeyRequest, options?: CallOptions) {
    return this.#transport.post<RekeyProgress>('/sealed/rekey', {
      ...options,
      body: request,
    });
  }

  async downloadLogs(
    operationId: string,
    format: 'text' | 'jsonl',
    options?: CallOptions,
  ) {
    const response = await this.#transport.fetch(
      'GET',
      path`/operations/${operationId}/logs/download`,
      { ...options, query: { format } },
    );
    if (!response.ok) throw await ProblemsError.fromResponse(response);
    return response;
  }

  getLogs(
    operationId: string,
    query: { after?: string; limit?: number },
    options?: CallOptions,
  ) {
    return this.#transport.get<LogPage>(path`/operations/${operationId}/logs`, {
      ...options,
      query,
    });
  }

  streamLogs(operationId: string, options: StreamLogsOptions) {
    return followLogs(
      (after, signal) =>
        this.#transport.fetch(
          'GET',
          path`/operations/${operationId}/logs/stream`,
          {
            signal,
            query: { after },
            headers: { Accept: 'text/event-stream' },
          },
        ),
      options,
    );
  }

  async listBlueprints(query: { search?: string }, options?: CallOptions) {
    const { items } = await this.#transport.get<{ items: BlueprintSummary[] }>(
      '/blueprints',
      { ...options, query },
    );
    return items;
  }

  getBlueprint(name: string, options?: CallOptions) {
    return this.#transport.get<Blueprint>(path`/blueprints/${name}`, options);
  }

  getBlueprintVersion(name: string, version: string, options?: CallOptions) {
    return this.#transport.get<BlueprintVersion>(
      path`/blueprints/${name}/versions/${version}`,
      options,
    );
  }

  getBlueprintSource(name: string, version: string, options?: CallOptions) {
    return this.#transport.get<BlueprintSource>(
      path`/blueprints/${name}/versions/${version}/source`,
      options,
    );
  }

  publishBlueprint(request: PublishBlueprintRequest, options?: CallOptions) {
    return this.#transport.post<BlueprintVersion>('/blueprints', {
      ...options,
      body: request,
    });
  }

  compareBlueprintVersions(
    name: string,
    query: { from: string; to: string },
    options?: CallOptions,
  ) {
    return this.#transport.get<BlueprintComparison>(
      path`/blueprints/${name}/compare`,
      {
        ...options,
        query,
      },
    );
  }

  getBlueprintImpact(
    name: string,
    version: string,
    query: { from?: string },
    options?: CallOptions,
  ) {
    return this.#transport.get<BlueprintImpact>(
      path`/blueprints/${name}/versions/${version}/impact`,
      { ...options, query },
    );
  }

  moveBlueprintVersion(
    name: string,
    version: string,
    request: MoveBlueprintVersionRequest,
    options?: CallOptions,
  ) {
    return this.#transport.post<BlueprintVersion>(
      path`/blueprints/${name}/versions/${version}/move`,
      { ...options, body: request },
    );
  }

  recommendBlueprintVersion(
    name: string,
    request: RecommendBlueprintRequest,
    options?: CallOptions,
  ) {
    return this.#transport.post<Blueprint>(
      path`/blueprints/${name}/recommend`,
      {
        ...options,
        body: request,
      },
    );
  }

  #moveOperation(
    id: string,
    move: string,
    body: object,
    options?: KeyedOptions,
  ) {
    return this.#transport.post<Operation>(
      `${path`/operations/${id}`}/${move}`,
      {
        ...keyed(options),
        body,
      },
    );
  }
}
