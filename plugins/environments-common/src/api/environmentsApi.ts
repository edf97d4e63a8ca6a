import { ActivityApi } from './activityApi';
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
import { BulkOutcome, BulkRequest } from './bulkTypes';
import { FleetApi } from './fleetApi';
import { LeaseApi } from './leaseApi';
import { LeaseFleetApi } from './leaseFleetApi';
import { MoreTimeApi } from './leaseMoreTimeApi';
import { LiveApi } from './liveApi';
import { StreamLogsOptions } from './logStream';
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

/** Options that every call takes. */
export interface CallOptions {
  signal?: AbortSignal;
}

/** Options of a call that makes something, and that may be repeated when no answer came. */
export interface KeyedOptions extends CallOptions {
  /** The caller's own name for this one request: under it, it is carried out once. */
  idempotencyKey?: string;
}

/**
 * The environments API as its callers see it.
 *
 * Every call rejects with a {@link ProblemsError} when the server refuses or
 * fails, and with a `TypeError` when it can't be reached.
 *
 * @public
 */
export interface EnvironmentsApi extends LeaseApi {
  /** Upgrades of many environments at once. */
  readonly fleet: FleetApi;
  /** The leases of all environments. */
  readonly leases: LeaseFleetApi;
  /** Requests for leases beyond their limits. */
  readonly moreTime: MoreTimeApi;
  /** What is seen of their use. */
  readonly activity: ActivityApi;
  /** What runs of them, by the systems that run it. */
  readonly live: LiveApi;
  /** One change for many environments; what is refused for one keeps none of the others. */
  changeEnvironments(
    request: BulkRequest,
    options?: KeyedOptions,
  ): Promise<BulkOutcome>;
  listEnvironments(
    query: ListEnvironmentsQuery,
    options?: CallOptions,
  ): Promise<Page<EnvironmentSummary>>;
  countEnvironments(options?: CallOptions): Promise<EnvironmentCounts>;
  /** Repeating it with the same key gives the first answer again and makes nothing twice. */
  createEnvironment(
    request: CreateEnvironmentRequest,
    options: CallOptions & { idempotencyKey: string },
  ): Promise<CreateEnvironmentResponse>;
  getEnvironment(id: string, options?: CallOptions): Promise<Environment>;
  /** The living one of that name, else the newest destroyed one. */
  getEnvironmentByName(
    name: string,
    options?: CallOptions,
  ): Promise<Environment>;
  /** At once, and without an operation. */
  changeLabels(
    environmentId: string,
    request: ChangeLabelsRequest,
    options?: CallOptions,
  ): Promise<Environment>;
  /** Repeating it with the same key gives the first operation again. */
  submitOperation(
    environmentId: string,
    request: SubmitOperationRequest,
    options?: KeyedOptions,
  ): Promise<Operation>;
  /** Rejects when that version can't be upgraded to: it is retired, or there is none. */
  getUpgrade(
    environmentId: string,
    query: { version?: string },
    options?: CallOptions,
  ): Promise<EnvironmentUpgrade>;
  listResources(
    id: string,
    options?: CallOptions,
  ): Promise<EnvironmentResource[]>;
  /** A zip archive of it as plain Terraform; secrets are named and left out. */
  ejectEnvironment(id: string, options?: CallOptions): Promise<Response>;
  /** Newest first. */
  listOperations(
    query: ListOperationsQuery,
    options?: CallOptions,
  ): Promise<Page<OperationSummary>>;
  getOperation(id: string, options?: CallOptions): Promise<Operation>;
  /** Resource by resource; empty before anything is planned. */
  getOperationPlan(id: string, options?: CallOptions): Promise<OperationPlan>;
  cancelOperation(
    id: string,
    request: CancelOperationRequest,
    options?: CallOptions,
  ): Promise<Operation>;
  confirmOperation(
    id: string,
    request: ConfirmOperationRequest,
    options?: CallOptions,
  ): Promise<Operation>;
  /**
   * A new operation that does what is left of one that failed or was cancelled. Repeating it with
   * the same key gives that operation again.
   */
  retryOperation(
    id: string,
    request: RepeatOperationRequest,
    options?: KeyedOptions,
  ): Promise<Operation>;
  /**
   * A new operation that goes back to the version and inputs of this one, which had succeeded.
   * Repeating it with the same key gives that operation again.
   */
  rollBackTo(
    id: string,
    request: RepeatOperationRequest,
    options?: KeyedOptions,
  ): Promise<Operation>;
  /** Operators only. */
  takeOverOperation(
    id: string,
    request: TakeOverRequest,
    options?: CallOptions,
  ): Promise<Operation>;
  listOrphans(
    query: ListOrphansQuery,
    options?: CallOptions,
  ): Promise<Page<Orphan>>;
  /** Teardowns that failed and are tried again, the longest failing first. */
  listFailedTeardowns(
    query: Pick<ListOrphansQuery, 'scope' | 'search' | 'cursor' | 'limit'>,
    options?: CallOptions,
  ): Promise<Page<FailedTeardown>>;
  /** Teardowns that would fail, the longest first. */
  listFailingTeardownChecks(
    query: Omit<ListOrphansQuery, 'state'>,
    options?: CallOptions,
  ): Promise<Page<FailingTeardownCheck>>;
  /**
   * Plans the destroy of an environment, and changes nothing. Its verdict stands with the
   * environment once the operation has ended; one that is under way is given as it is.
   */
  checkTeardown(
    environmentId: string,
    options?: CallOptions,
  ): Promise<Operation>;
  /** The caller watches it from now on; gives all who do. May be repeated. */
  watchEnvironment(
    environmentId: string,
    options?: CallOptions,
  ): Promise<EnvironmentWatcher[]>;
  /** The caller watches it no more; gives all who still do. May be repeated. */
  unwatchEnvironment(
    environmentId: string,
    options?: CallOptions,
  ): Promise<EnvironmentWatcher[]>;
  /** Operators only; see {@link ForgetRequest}. */
  forgetEnvironment(
    environmentId: string,
    request: ForgetRequest,
    options?: CallOptions,
  ): Promise<Environment>;
  /** Newest first. */
  listStateVersions(
    environmentId: string,
    query: { component?: string; cursor?: string; limit?: number },
    options?: CallOptions,
  ): Promise<Page<StateVersionSummary>>;
  /** The tool's own file, as text. */
  downloadState(versionId: string, options?: CallOptions): Promise<string>;
  restoreState(
    versionId: string,
    request: RestoreStateRequest,
    options?: CallOptions,
  ): Promise<StateVersionSummary>;
  /** Operators only. */
  getSealed(options?: CallOptions): Promise<SealedSummary>;
  /** Operators only: seals a batch again; to be repeated with its `nextCursor` until there is none. */
  rekey(request: RekeyRequest, options?: CallOptions): Promise<RekeyProgress>;
  getLogs(
    operationId: string,
    query: { after?: string; limit?: number },
    options?: CallOptions,
  ): Promise<LogPage>;
  /** The whole log so far, as it comes. */
  downloadLogs(
    operationId: string,
    format: 'text' | 'jsonl',
    options?: CallOptions,
  ): Promise<Response>;
  streamLogs(operationId: string, options: StreamLogsOptions): Promise<void>;
  listBlueprints(
    query: { search?: string },
    options?: CallOptions,
  ): Promise<BlueprintSummary[]>;
  getBlueprint(name: string, options?: CallOptions): Promise<Blueprint>;
  getBlueprintVersion(
    name: string,
    version: string,
    options?: CallOptions,
  ): Promise<BlueprintVersion>;
  /** What a version was published with, to begin the next one from. */
  getBlueprintSource(
    name: string,
    version: string,
    options?: CallOptions,
  ): Promise<BlueprintSource>;
  publishBlueprint(
    request: PublishBlueprintRequest,
    options?: CallOptions,
  ): Promise<BlueprintVersion>;
  /** What differs between two versions, with the files that they were published with. */
  compareBlueprintVersions(
    name: string,
    query: { from: string; to: string },
    options?: CallOptions,
  ): Promise<BlueprintComparison>;
  /** Which living environments could not be upgraded to a version as they are. */
  getBlueprintImpact(
    name: string,
    version: string,
    query: { from?: string },
    options?: CallOptions,
  ): Promise<BlueprintImpact>;
  /** Publishes a draft, deprecates or retires a version, or brings it back. */
  moveBlueprintVersion(
    name: string,
    version: string,
    request: MoveBlueprintVersionRequest,
    options?: CallOptions,
  ): Promise<BlueprintVersion>;
  /** Chooses the version that new environments are made of when none is named. */
  recommendBlueprintVersion(
    name: string,
    request: RecommendBlueprintRequest,
    options?: CallOptions,
  ): Promise<Blueprint>;
}
