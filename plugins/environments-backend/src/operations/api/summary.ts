import {
  OperationSummary,
  PlanSummary,
} from '@greenroom/plugin-environments-common';
import { OperationRecord, StepRecord } from '../types';

/** What a line about an operation says, beside the operation itself. */
export interface SummaryFacts {
  environmentName: string;
  /** Over all components that are planned so far. */
  plan?: PlanSummary;
}

/** The record as far as a line needs it: lists read no more. */
export type SummaryRecord = Omit<
  OperationRecord,
  | 'blueprintVersionId'
  | 'inputs'
  | 'confirmation'
  | 'worker'
  | 'requestDigest'
  | 'readingMandate'
>;

export function toOperationSummary(
  record: SummaryRecord,
  { environmentName, plan }: SummaryFacts,
): OperationSummary {
  return {
    id: record.id,
    environmentId: record.environmentId,
    environmentName,
    owner: record.owner,
    number: record.number,
    kind: record.kind,
    dryRun: record.dryRun,
    state: record.state,
    requestedBy: record.requestedBy,
    requestedAt: record.requestedAt.toISOString(),
    startedAt: record.startedAt?.toISOString(),
    finishedAt: record.finishedAt?.toISOString(),
    cause: record.cause,
    plan,
    problem: record.problem,
    cancel: record.cancel && {
      ...record.cancel,
      at: record.cancel.at.toISOString(),
    },
  };
}

/** Over the components of an operation; undefined before the first is planned. */
export function planSum(
  steps: Pick<StepRecord, 'plan'>[],
): PlanSummary | undefined {
  const plans = steps.flatMap(step => step.plan?.summary ?? []);
  if (plans.length === 0) return undefined;
  return plans.reduce((sum, plan) => ({
    add: sum.add + plan.add,
    change: sum.change + plan.change,
    remove: sum.remove + plan.remove,
  }));
}
