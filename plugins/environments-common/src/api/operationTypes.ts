import { JsonObject, JsonValue } from '../json';
import { Problem } from '../problem';
import {
  BlueprintVersionRef,
  EnvironmentComponent,
  EnvironmentScope,
  Timestamp,
} from './types';

export const OPERATION_KINDS = [
  'create',
  'update',
  'upgrade',
  'pause',
  'resume',
  'remediate',
  'adopt',
  'destroy',
] as const;
/**
 * - `update`: other inputs; `upgrade`: another blueprint version;
 * - `remediate`: make everything again as it was declared;
 * - `adopt`: take what the world is like for what was meant.
 */
export type OperationKind = (typeof OPERATION_KINDS)[number];

export const OPERATION_STATES = [
  'pending',
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'cancelled',
] as const;
/**
 * - `pending`: behind another operation of its environment;
 * - `queued`: next on its environment, until a worker takes it;
 * - `waiting`: planned, and not applied before somebody confirms the plan.
 */
export type OperationState = (typeof OPERATION_STATES)[number];

export const STEP_ACTIONS = ['plan', 'apply', 'destroy', 'prove'] as const;
export type StepAction = (typeof STEP_ACTIONS)[number];

export const STEP_STATES = [
  'waiting',
  'running',
  'succeeded',
  'unchanged',
  'failed',
  'cancelled',
  'skipped',
] as const;
/**
 * - `unchanged`: there was nothing to do, which is as good as done;
 * - `cancelled`: interrupted on request; `skipped`: never begun, since something before it failed
 *   or the operation was cancelled.
 */
export type StepState = (typeof STEP_STATES)[number];

export const PLAN_PURPOSES = ['apply', 'destroy', 'adopt'] as const;
/** What a plan is made for. */
export type PlanPurpose = (typeof PLAN_PURPOSES)[number];

/** How many resources a plan adds, changes and removes; a replaced one is added and removed. */
export interface PlanSummary {
  add: number;
  change: number;
  remove: number;
}

export type ResourceAction = 'add' | 'change' | 'replace' | 'remove' | 'read';

/** One attribute of a resource that a plan changes. */
export interface AttributeChange {
  /** As one would write it: `tags.owner`, `ingress[0].port`. */
  path: string;
  /** Absent when it was not there, or is sensitive. */
  before?: JsonValue;
  /** Absent when it will not be there, is sensitive, or is known only once applied. */
  after?: JsonValue;
  /** Both values are withheld. */
  sensitive: boolean;
  /** Its new value is known only once applied. */
  unknown: boolean;
  /** It can't be changed in place: the resource is replaced for it. */
  forcesReplacement: boolean;
}

export interface ResourceChange {
  /** The driver's own address: `local_file.page["1"]`. */
  address: string;
  type: string;
  action: ResourceAction;
  attributes: AttributeChange[];
  /** Why, where the driver knows: `it is tainted`. */
  reason?: string;
  /** Over what the resource will be like, sensitive values left out: same digest, same outcome. */
  digest: string;
}

/** The plan of one component within an operation. */
export interface ComponentPlan {
  stepId: string;
  component: string;
  purpose: PlanPurpose;
  summary: PlanSummary;
  changes: ResourceChange[];
  /** Attributes left out since the plan would be too long to read or to keep. */
  omittedAttributes: number;
  /** What two plans share that do the same. */
  hash: string;
  /** Nothing of the component's own has changed since its last apply, so it was not even asked. */
  unchanged: boolean;
  /** Components that must be made before this one can be planned; empty for a real plan. */
  deferredBy: string[];
}

/** What an operation will change, resource by resource. */
export interface OperationPlan {
  /** Over all components planned so far: what a confirmation is bound to. */
  hash: string;
  summary: PlanSummary;
  components: ComponentPlan[];
}

/** Why an operation exists: a person asked for it, or a rule did. */
export interface OperationCause {
  code:
    | 'request'
    | 'lease.expired'
    | 'teardown.retry'
    | 'teardown.check'
    | 'schedule.sleep'
    | 'schedule.wake'
    | 'idle.after'
    | 'retry'
    | 'rollback'
    | 'fleet';
  /** In words, for the record: `the 2 min of the request were over`. */
  message: string;
  /** The operation that is tried again, or gone back to. */
  operationId?: string;
  /** The fleet upgrade that it is a part of. */
  fleetUpgradeId?: string;
}

export interface Step {
  id: string;
  component: string;
  action: StepAction;
  /** Of a plan. */
  purpose?: PlanPurpose;
  state: StepState;
  /** 1 for the first try; grows when a step is taken up again after a crash. */
  attempt: number;
  startedAt?: Timestamp;
  finishedAt?: Timestamp;
  plan?: PlanSummary;
  /** Components that must be made before this plan can be; see {@link ComponentPlan}. */
  deferredBy?: string[];
  /** Steps of this operation that must succeed first. */
  after: string[];
  problem?: Problem;
}

export interface OperationSummary {
  id: string;
  environmentId: string;
  environmentName: string;
  /** Of the environment, when the operation was asked for. */
  owner: string;
  /** Counts from 1 within the environment. */
  number: number;
  kind: OperationKind;
  /** It ends after its plan, and changes nothing. */
  dryRun: boolean;
  state: OperationState;
  requestedBy: string;
  requestedAt: Timestamp;
  startedAt?: Timestamp;
  finishedAt?: Timestamp;
  cause: OperationCause;
  plan?: PlanSummary;
  problem?: Problem;
  /** Somebody wants it to stop; until it has, its state is still `running`. */
  cancel?: { by: string; at: Timestamp; reason?: string };
}

/** What somebody may do about an operation, with the reason when it can't be done. */
export interface OperationMove {
  move: 'cancel' | 'confirm' | 'retry' | 'rollback' | 'takeOver' | 'destroy';
  allowed: boolean;
  reason?: string;
  /** For `rollback`: the operation that it would go back to. */
  operationId?: string;
  /** For `rollback`: when that one had succeeded. */
  finishedAt?: Timestamp;
}

/** Between plan and apply, when that was asked for. */
export interface OperationConfirmation {
  /** Of the plan that waits, and of the one that was confirmed last. */
  planHash?: string;
  /** Not confirmed by then, the operation is cancelled. */
  until?: Timestamp;
  confirmedBy?: string;
  confirmedAt?: Timestamp;
}

/** What an operation has read of one other environment; the values are in none of its answers. */
export interface OperationRead {
  environmentId: string;
  /** The one that it had then. */
  name: string;
  /** Names of the outputs. */
  outputs: string[];
}

export interface Operation extends OperationSummary {
  blueprint: BlueprintVersionRef;
  /** Without those that are secret. */
  inputs: JsonObject;
  /** Names of the secret inputs that it works with; absent: none. */
  secretInputs?: string[];
  /** What it has read of other environments, once its turn had come; absent: nothing. */
  reads?: OperationRead[];
  steps: Step[];
  /** Absent when none was asked for. */
  confirmation?: OperationConfirmation;
  /** The operation it is behind, while `pending`. */
  behind?: { id: string; number: number; kind: OperationKind };
  /** Where it runs, for operators: the worker's name, and when it was last heard of. */
  worker?: string;
  moves: OperationMove[];
  /**
   * What stands in no way, but should be known: that the version of an upgrade is deprecated, or
   * that others have values of what is destroyed. Absent: nothing.
   */
  warnings?: Problem[];
  /** Components as this operation's blueprint version has them, for its graph. */
  components: EnvironmentComponent[];
}

/** Any change to an environment that exists. */
export interface SubmitOperationRequest {
  kind: Exclude<OperationKind, 'create'>;
  /**
   * For `update` and `upgrade`: all inputs, as for a create. The present ones when absent. Secret
   * ones that are not named stay as they are; null takes one away.
   */
  inputs?: JsonObject;
  /** For `upgrade`: the recommended one when absent. */
  version?: string;
  /** End after the plan; nothing is changed. */
  dryRun?: boolean;
  /** Wait between plan and apply until somebody confirms the plan. */
  confirm?: boolean;
  /** What to do while another operation is under way; `refuse` when absent. */
  whenBusy?: 'refuse' | 'queue';
  reason?: string;
}

/** For `retry` and `rollback`. */
export type RepeatOperationRequest = Pick<
  SubmitOperationRequest,
  'dryRun' | 'confirm' | 'reason'
>;

export interface ConfirmOperationRequest {
  /** Of the plan that was read: another one is not confirmed by it. */
  planHash: string;
}

export interface CancelOperationRequest {
  reason?: string;
}

/** An operator takes an operation away from a worker that can't be trusted any more. */
export interface TakeOverRequest {
  reason: string;
}

export interface ListOperationsQuery {
  /** As for environments: whose environment it is. */
  scope?: EnvironmentScope;
  /** Part of the environment's name. */
  search?: string;
  environmentId?: string;
  kind?: OperationKind[];
  state?: OperationState[];
  owner?: string[];
  /** Newest first. */
  cursor?: string;
  /** 1 to 100, 50 when absent. */
  limit?: number;
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

/** A log that was kept long enough, and is gone. */
export interface LogRemoval {
  at: Timestamp;
  /** How long logs are kept: `90 d`. */
  keptFor: string;
}

export interface LogPage {
  items: LogLine[];
  /** True once the operation has ended and no later line can come. */
  complete: boolean;
  /** Present once the log is gone. */
  removed?: LogRemoval;
}
