import {
  JsonObject,
  OperationCause,
  OperationKind,
  OperationState,
  Problem,
  StepAction,
  StepState,
} from '@greenroom/plugin-environments-common';
import { DriverPlan } from '@greenroom/plugin-environments-node';

/** An operation as the tables hold it. */
export interface OperationRecord {
  id: string;
  environmentId: string;
  number: number;
  kind: OperationKind;
  state: OperationState;
  blueprintVersionId: string;
  inputs: JsonObject;
  requestedBy: string;
  requestedAt: Date;
  requestDigest?: string;
  cause: OperationCause;
  startedAt?: Date;
  finishedAt?: Date;
  problem?: Problem;
}

export type StepPlanRecord = Pick<DriverPlan, 'summary' | 'changes' | 'hash'>;

export interface StepRecord {
  id: string;
  position: number;
  component: string;
  action: StepAction;
  state: StepState;
  attempt: number;
  after: string[];
  plan?: StepPlanRecord;
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
