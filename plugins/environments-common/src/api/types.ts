import { JsonObject, JsonValue } from '../json';
import { Problem } from '../problem';

/** All times in the API are ISO 8601 in UTC. */
export type Timestamp = string;

/** What an environment is doing, as stored. `expiring` is derived from the lease by whoever shows it. */
export const ENVIRONMENT_STATES = [
  'provisioning',
  'running',
  'updating',
  'failed',
  'destroying',
  'destroyed',
] as const;
export type EnvironmentState = (typeof ENVIRONMENT_STATES)[number];

export const OPERATION_KINDS = ['create', 'destroy'] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

export const OPERATION_STATES = [
  'queued',
  'running',
  'succeeded',
  'failed',
] as const;
export type OperationState = (typeof OPERATION_STATES)[number];

export const STEP_ACTIONS = ['plan', 'apply', 'destroy', 'prove'] as const;
export type StepAction = (typeof STEP_ACTIONS)[number];

export const STEP_STATES = [
  'waiting',
  'running',
  'succeeded',
  'failed',
  'skipped',
] as const;
export type StepState = (typeof STEP_STATES)[number];

/** How many resources a plan adds, changes and removes. */
export interface PlanSummary {
  add: number;
  change: number;
  remove: number;
}

/** Why an operation exists: a person asked for it, or a rule did. */
export interface OperationCause {
  code: 'request' | 'lease.expired';
  /** In words, for the record: `the 2 min of the request were over`. */
  message: string;
}

export interface Step {
  id: string;
  component: string;
  action: StepAction;
  state: StepState;
  /** 1 for the first try; grows when a step is taken up again after a crash. */
  attempt: number;
  startedAt?: Timestamp;
  finishedAt?: Timestamp;
  plan?: PlanSummary;
  /** Steps of this operation that must succeed first. */
  after: string[];
  problem?: Problem;
}

export interface OperationSummary {
  id: string;
  environmentId: string;
  environmentName: string;
  /** Counts from 1 within the environment. */
  number: number;
  kind: OperationKind;
  state: OperationState;
  requestedBy: string;
  requestedAt: Timestamp;
  startedAt?: Timestamp;
  finishedAt?: Timestamp;
  cause: OperationCause;
  plan?: PlanSummary;
  problem?: Problem;
}

export interface Operation extends OperationSummary {
  blueprint: BlueprintVersionRef;
  inputs: JsonObject;
  steps: Step[];
}

export interface BlueprintVersionRef {
  name: string;
  title: string;
  version: string;
  entityRef: string;
}

export interface EnvironmentOutput {
  name: string;
  title: string;
  /** Absent when sensitive. */
  value?: JsonValue;
  sensitive: boolean;
}

export interface Lease {
  grantedAt: Timestamp;
  /** Absent: this environment does not expire. */
  expiresAt?: Timestamp;
  /** The latest moment that any extension may reach. */
  maxExpiresAt?: Timestamp;
  /** When the last warning before the expiry falls due. */
  lastWarningAt?: Timestamp;
  onExpiry: 'destroy';
  /** Why it ends when it does: `2 min chosen at the request`. */
  reason: string;
}

export interface EnvironmentComponent {
  id: string;
  driver: string;
  state: 'waiting' | 'working' | 'ready' | 'failed' | 'gone';
  /** Resources that the driver keeps for this component. */
  resources: number;
  /** Components whose outputs this one uses, with the names of those outputs. */
  uses: { component: string; outputs: string[] }[];
}

export interface EnvironmentSummary {
  id: string;
  /** Unique among environments that are not destroyed. */
  name: string;
  entityRef: string;
  owner: string;
  createdBy: string;
  type: string;
  blueprint: BlueprintVersionRef;
  state: EnvironmentState;
  createdAt: Timestamp;
  destroyedAt?: Timestamp;
  lease: Lease;
  activeOperation?: OperationSummary;
}

export interface Environment extends EnvironmentSummary {
  inputs: JsonObject;
  outputs: EnvironmentOutput[];
  components: EnvironmentComponent[];
  latestOperation: OperationSummary;
}

export interface EnvironmentResource {
  component: string;
  /** The driver's own address: `local_file.page["1"]`. */
  address: string;
  type: string;
  /** The id in the place where it was made, where there is one. */
  externalId?: string;
}

export interface Page<T> {
  items: T[];
  /** How many match in all. */
  total: number;
  nextCursor?: string;
}

export const ENVIRONMENT_SCOPES = ['mine', 'teams', 'all'] as const;
export type EnvironmentScope = (typeof ENVIRONMENT_SCOPES)[number];

export const ENVIRONMENT_SORTS = ['timeLeft', 'name', 'createdAt'] as const;
export type EnvironmentSort = (typeof ENVIRONMENT_SORTS)[number];

export interface ListEnvironmentsQuery {
  /** mine: owned by the caller in person or created by the caller; teams: owned by the caller or a group of theirs. */
  scope?: EnvironmentScope;
  search?: string;
  /** Without it destroyed environments are left out. */
  state?: EnvironmentState[];
  blueprint?: string[];
  owner?: string[];
  sort?: EnvironmentSort;
  order?: 'asc' | 'desc';
  cursor?: string;
  /** 1 to 100, 50 when absent. */
  limit?: number;
}

/** What the head of the list says; counts leave destroyed environments out. */
export interface EnvironmentCounts {
  mine: number;
  teams: number;
  all: number;
  failedInTeams: number;
  endingTodayInTeams: number;
}

export interface CreateEnvironmentRequest {
  name: string;
  blueprint: string;
  /** The recommended version when absent. */
  version?: string;
  /** Entity ref of a user or group that the caller is or belongs to. */
  owner: string;
  inputs: JsonObject;
  /** `2m`, `36h`, `14d`; the blueprint's default when absent. */
  ttl?: string;
  /** Check everything and answer what would be made, without making it. */
  dryRun?: boolean;
}

export interface CreateEnvironmentResponse {
  /** Absent for a dry run. */
  environment?: Environment;
  operation?: Operation;
  expiresAt?: Timestamp;
  blueprint: BlueprintVersionRef;
  /** Inputs with the blueprint's defaults applied. */
  inputs: JsonObject;
}

export interface DestroyEnvironmentRequest {
  reason?: string;
}

export interface LogLine {
  /** Grows within an operation; what a reader resumes from. */
  id: string;
  time: Timestamp;
  component: string;
  action: StepAction;
  stream: 'stdout' | 'stderr' | 'greenroom';
  level: 'info' | 'warning' | 'error';
  text: string;
}

export interface LogPage {
  items: LogLine[];
  /** True once the operation has ended and no later line can come. */
  complete: boolean;
}

export interface BlueprintTtl {
  defaultSeconds?: number;
  maxSeconds?: number;
  warnBeforeSeconds: number[];
}

export interface BlueprintVersionSummary {
  version: string;
  status: 'validating' | 'published' | 'rejected';
  publishedAt?: Timestamp;
  problems: Problem[];
  /** Environments on it that are not destroyed. */
  environments: number;
}

export interface BlueprintSummary {
  name: string;
  title: string;
  description: string;
  entityRef: string;
  owner: string;
  type: string;
  tags: string[];
  /** Absent while no version is published. */
  recommendedVersion?: string;
  versions: number;
  environments: number;
  /** Median of the last 50 successful creates; absent before the first. */
  typicalCreateSeconds?: number;
  /** Of the newest attempt to publish; empty when that went well. */
  problems: Problem[];
}

export interface Blueprint extends BlueprintSummary {
  versionList: BlueprintVersionSummary[];
}

export interface BlueprintVersion {
  name: string;
  title: string;
  description: string;
  entityRef: string;
  owner: string;
  type: string;
  version: string;
  status: BlueprintVersionSummary['status'];
  problems: Problem[];
  /** JSON Schema of the inputs, with the `ui:` hints of software templates. */
  inputs: JsonObject;
  components: { id: string; driver: string; source: string; after: string[] }[];
  outputs: { name: string; title: string }[];
  ttl: BlueprintTtl;
  snapshotDigest: string;
}

/** A blueprint sent by its author, with every file beside it. */
export interface PublishBlueprintRequest {
  /** The YAML document. */
  document: string;
  /** Files by path relative to the document, content in base64. */
  files: Record<string, string>;
}
