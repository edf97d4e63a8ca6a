import { PlanPurpose, Problem } from '@greenroom/plugin-environments-common';
import { DriverContext } from '@greenroom/plugin-environments-node';
import { comparePlans } from './comparePlans';
import { callsOf } from './driverCalls';
import { recordPlan } from './planRecord';
import { Recipe } from '../run/recipe';
import { planMoved } from './stepProblems';
import { StepTools } from './stepTools';
import { OperationRecord, StepPlanRecord, StepRecord } from '../types';

export async function makePlan(
  recipe: Recipe,
  purpose: PlanPurpose,
  context: DriverContext,
  { drivers, mask }: StepTools,
): Promise<StepPlanRecord> {
  const driver = callsOf(drivers.get(recipe.driver));
  return recordPlan(await driver.plan(context, purpose), mask);
}

export type Acceptance =
  { plan: StepPlanRecord; confirmedHash?: string } | { problem: Problem };

/**
 * Whether a plan may take the place of the one that is recorded: it may when it stays within it,
 * and then counts as confirmed where that one was. What is still to be confirmed may be anything.
 */
export function accept(
  recorded: StepRecord,
  plan: StepPlanRecord,
  operation: OperationRecord,
): Acceptance {
  if (!recorded.plan) return { plan };
  const confirmed = isConfirmed(recorded);
  if (operation.confirmation && !confirmed) return { plan };
  const comparison = comparePlans(recorded.plan, plan);
  if (comparison.verdict === 'moved') {
    return { problem: planMoved(recorded, comparison.differences) };
  }
  return { plan, ...(confirmed && { confirmedHash: plan.hash }) };
}

/** Somebody has read this plan, not only one before it. */
export function isConfirmed({ plan, confirmedHash }: StepRecord): boolean {
  return plan !== undefined && plan.hash === confirmedHash;
}

/**
 * Makes the plan of an earlier step again; it takes the place of that one if it says the same.
 *
 * @param why - in the log
 * @returns what differs, when it may not
 */
export async function planAgain(
  planned: StepRecord,
  recipe: Recipe,
  context: DriverContext,
  tools: StepTools,
  why: string,
): Promise<Problem | undefined> {
  context.log({ stream: 'greenroom', level: 'warning', text: why });
  const made = await makePlan(recipe, planned.purpose!, context, tools);
  const accepted = accept(planned, made, tools.operation);
  if ('problem' in accepted) return accepted.problem;
  await tools.held.write(tx =>
    tools.stepStore.replacePlan(tx, planned.id, accepted),
  );
  Object.assign(planned, accepted);
  return undefined;
}
