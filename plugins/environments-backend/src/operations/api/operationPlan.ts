import {
  ComponentPlan,
  OperationPlan,
} from '@greenroom/plugin-environments-common';
import { operationPlanHash } from '../steps/planHash';
import { planSum } from './summary';
import { StepRecord } from '../types';

/** What an operation will change, as far as it is planned; of no component before the first is. */
export function toOperationPlan(steps: StepRecord[]): OperationPlan {
  return {
    hash: operationPlanHash(steps),
    summary: planSum(steps) ?? { add: 0, change: 0, remove: 0 },
    components: steps.flatMap(toComponentPlan),
  };
}

function toComponentPlan(step: StepRecord): ComponentPlan[] {
  const { id, component, purpose, plan } = step;
  if (!plan || !purpose) return [];
  return [
    {
      stepId: id,
      component,
      purpose,
      summary: plan.summary,
      changes: plan.changes,
      omittedAttributes: plan.omittedAttributes,
      hash: plan.hash,
      unchanged: plan.unchanged,
      deferredBy: plan.deferredBy,
    },
  ];
}
