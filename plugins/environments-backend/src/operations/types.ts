import {
  ComponentPlan,
  JsonObject,
  OperationCause,
  OperationKind,
  OperationState,
  PlanPurpose,
  Problem,
  StepAction,
  StepState,
} from '@greenroom/plugin-environments-common';
import { ReadingMandate } from '../environments/readingMandate';

/** An operation as the tables hold it. */
export interface OperationRecord {
  id: string;
  environmentId: string;
  number: number;
  kind: OperationKind;
  dryRun: boolean;
  state: OperationState;
  /** What the environment is to be: version and inputs; they become its own with the first change. */
  blueprintVersionId: string;
  inputs: JsonObject;
  /** The environment's, when it was asked for. */
  owner: string;
  requestedBy: string;
  requestedAt: Date;
  requestDigest?: string;
  /** What whoever asked may see of other environments; absent: it reads none. */
  readingMandate?: ReadingMandate;
  cause: OperationCause;
  /** Absent when nobody has to confirm the plan. */
  confirmation?: {
    planHash?: string;
    until?: Date;
    confirmedBy?: string;
    confirmedAt?: Date;
  };
  cancel?: { by: string; at: Date; reason?: string };
  startedAt?: Date;
  finishedAt?: Date;
  problem?: Problem;
  /** Name of the worker that holds or held it last. */
  worker?: string;
}

export type StepPlanRecord = Pick<
  ComponentPlan,
  | 'summary'
  | 'changes'
  | 'omittedAttributes'
  | 'hash'
  | 'unchanged'
  | 'deferredBy'
> & {
  hasChanges: boolean;
  /** Names; absent in what the version before has recorded. */
  changedOutputs?: string[];
};

export interface StepRecord {
  id: string;
  position: number;
  component: string;
  action: StepAction;
  /** Of a plan. */
  purpose?: PlanPurpose;
  state: StepState;
  attempt: number;
  after: string[];
  plan?: StepPlanRecord;
  /** Hash of the plan that somebody confirmed; it counts while the plan has that hash. */
  confirmedHash?: string;
  problem?: Problem;
  startedAt?: Date;
  finishedAt?: Date;
}

/** A worker's hold on an operation. The fence grows with each claim: the newest one alone may write. */
export interface Claim {
  operationId: string;
  environmentId: string;
  fence: number;
}
