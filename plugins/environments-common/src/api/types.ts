import { JsonObject, JsonValue } from '../json';
import { LabelChanges, Labels } from '../labels';
import { Problem } from '../problem';
import { EstimatedCost } from '../blueprint/cost';
import { BlueprintScheduleSpec } from '../blueprint/document';
import { EnvironmentIdle } from './activityTypes';
import { LeaseHold, LeaseProtection, OnExpiry } from './leaseTypes';
import { Operation, OperationSummary } from './operationTypes';
import { TeardownCheck } from './teardownCheckTypes';

/** All times in the API are ISO 8601 in UTC. */
export type Timestamp = string;

/** What an environment is doing, as stored. `expiring` is derived from the lease by whoever shows it. */
export const ENVIRONMENT_STATES = [
  'provisioning',
  'running',
  'updating',
  'pausing',
  'paused',
  'resuming',
  'degraded',
  'failed',
  'destroying',
  'destroyed',
] as const;
export type EnvironmentState = (typeof ENVIRONMENT_STATES)[number];

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
  onExpiry: OnExpiry;
  /** When the environment, paused at its expiry, is destroyed; absent: it is not in its grace. */
  graceEndsAt?: Timestamp;
  /** The last one; it is over after its `until`. */
  hold?: LeaseHold;
  protection?: LeaseProtection;
  /** Why it ends when it does: `2 min chosen at the request`. */
  reason: string;
}

export const COMPONENT_STATES = [
  'waiting',
  'working',
  'ready',
  'paused',
  'failed',
  'absent',
  'gone',
] as const;
/**
 * - `waiting`: never made; `gone`: made, and proven to be gone by a teardown;
 * - `absent`: not wanted, by its `when` or by the blueprint version, and nothing of it exists.
 */
export type ComponentState = (typeof COMPONENT_STATES)[number];

export interface EnvironmentComponent {
  id: string;
  driver: string;
  state: ComponentState;
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
  labels: Labels;
  blueprint: BlueprintVersionRef;
  state: EnvironmentState;
  createdAt: Timestamp;
  destroyedAt?: Timestamp;
  /** By the estimate of its blueprint's author; absent: nobody has made one. */
  cost?: EstimatedCost;
  lease: Lease;
  activeOperation?: OperationSummary;
}

export interface Environment extends EnvironmentSummary {
  /** Without those that are secret. */
  inputs: JsonObject;
  /** Names of the secret inputs that it has; absent: none. */
  secretInputs?: string[];
  outputs: EnvironmentOutput[];
  components: EnvironmentComponent[];
  latestOperation: OperationSummary;
  /** When it sleeps and wakes by itself; absent: it is on all the time. */
  schedule?: EnvironmentSchedule;
  /** What becomes of it when nobody uses it; absent: nothing. */
  idle?: EnvironmentIdle;
  /** Whether its teardown would get through; absent: nobody has looked yet. */
  teardownCheck?: TeardownCheck;
  /** Who is told of it beside its owner and creator, the longest watching first; absent: nobody. */
  watchers?: EnvironmentWatcher[];
  /** Living environments that have values of its outputs; absent: none. */
  readBy?: {
    environments: EnvironmentReader[];
    /** How many more there are, beyond those or not to be seen by the caller. */
    others: number;
  };
}

/** Somebody who is told of an environment what its owner is told, as long as they may see it. */
export interface EnvironmentWatcher {
  /** Entity ref of a person. */
  watcher: string;
  since: Timestamp;
}

/** When an environment sleeps and wakes by itself. */
export interface EnvironmentSchedule extends BlueprintScheduleSpec {
  /** Where it is from: `blueprint`, or the rule in the configuration. */
  rule: string;
  /** What it wants next; absent: nothing ever. */
  next?: { kind: 'sleep' | 'wake'; at: string };
}

/** An environment that reads another one. */
export interface EnvironmentReader {
  id: string;
  name: string;
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
  /** Of the blueprints, whichever they are. */
  version?: string[];
  owner?: string[];
  /** Each `key` or `key=value`; those that have all of them. */
  label?: string[];
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
  labels?: Labels;
  /** `2m`, `36h`, `14d`; the blueprint's default when absent. */
  ttl?: string;
  /** Check everything and answer what would be made, without making it. */
  dryRun?: boolean;
  /** With `dryRun`: also plan it, as an operation on an environment that never comes to be. */
  plan?: boolean;
  /** Wait between plan and apply until somebody confirms the plan. */
  confirm?: boolean;
}

/**
 * Labels that are to be otherwise; all others stay.
 *
 * @public
 */
export interface ChangeLabelsRequest {
  labels: LabelChanges;
}

export interface CreateEnvironmentResponse {
  /** Absent for a dry run. */
  environment?: Environment;
  /** For a dry run only when its plan was asked for. */
  operation?: Operation;
  expiresAt?: Timestamp;
  /** By the estimate of the blueprint's author; absent: they made none. */
  cost?: EstimatedCost;
  blueprint: BlueprintVersionRef;
  /** Inputs with the blueprint's defaults applied, without those that are secret. */
  inputs: JsonObject;
  /** Names of the secret inputs that were given; absent: none. */
  secretInputs?: string[];
  /** What stands in no way, but should be known: the version is deprecated. Absent: nothing. */
  warnings?: Problem[];
}

export interface BlueprintTtl {
  defaultSeconds?: number;
  minSeconds?: number;
  maxSeconds?: number;
  warnBeforeSeconds: number[];
  /** Destroy when absent. */
  onExpiry?: OnExpiry;
  /** Between the pause at the expiry and the destroy; absent: there is no pause. */
  graceSeconds?: number;
  /** How often the end may be moved; absent: as often as anyone likes. */
  extensions?: number;
  /** By how much at once; absent: as far as the maximum lets it. */
  extendBySeconds?: number;
}
