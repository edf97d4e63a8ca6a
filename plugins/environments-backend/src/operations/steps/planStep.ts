import { ComponentRecord } from '../../environments/types';
import { accept, makePlan } from './plans';
import { deferredPlan, nothingPlanned, unchangedPlan } from './planRecord';
import { Recipe } from '../run/recipe';
import { isAtRest } from '../run/scope';
import { neverMade, PreparedStep, StepResult } from './stepResults';
import { StepTools } from './stepTools';
import { StepRecord } from '../types';

/** Says what the operation will do to one component; changes nothing. */
export async function preparePlan(
  step: StepRecord,
  tools: StepTools,
): Promise<PreparedStep> {
  const component = await tools.scope.component(step.component);
  return {
    // What is there stays as good as it was.
    ...(component?.state === 'waiting' && { fails: { state: 'failed' } }),
    work: async () =>
      step.purpose === 'apply'
        ? planApply(step, component, tools)
        : planAsMade(step, component, tools),
  };
}

async function planApply(
  step: StepRecord,
  component: ComponentRecord | undefined,
  tools: StepTools,
): Promise<StepResult> {
  const { scope, operation } = tools;
  if (operation.dryRun) {
    const unknown = (await scope.usedBy(step.component))
      .filter(use => !use.made || mayChange(use, tools.steps))
      .map(use => use.component);
    if (unknown.length > 0) {
      return {
        state: 'succeeded',
        plan: deferredPlan(unknown),
        note: `Not planned: it takes outputs of ${unknown.join(', ')} that are known only once that is applied.`,
      };
    }
  }
  const recipe = await scope.wantedRecipe(step.component);
  const hash = await scope.hashOf(recipe);
  const asApplied = isAtRest(component) && component.appliedHash === hash;
  if (asApplied && operation.kind !== 'remediate') {
    return {
      state: 'unchanged',
      plan: unchangedPlan(hash),
      note: 'Unchanged: source, inputs and the outputs it takes are those of its last apply.',
    };
  }
  return plan(step, recipe, tools);
}

/** Whether outputs would be others, or could be, by the plan of the component that gives them. */
function mayChange(
  used: { component: string; outputs: string[] },
  steps: StepRecord[],
): boolean {
  const planned = steps.find(
    ({ component, action }) =>
      component === used.component && action === 'plan',
  )?.plan;
  if (!planned) return false;
  const { deferredBy, changedOutputs = [] } = planned;
  return (
    deferredBy.length > 0 ||
    changedOutputs.some(name => used.outputs.includes(name))
  );
}

/** For what is to be removed or taken as it is: as it was made, not as it is wanted. */
async function planAsMade(
  step: StepRecord,
  component: ComponentRecord | undefined,
  tools: StepTools,
): Promise<StepResult> {
  if (!component?.applyBegun) {
    return {
      state: 'unchanged',
      plan: nothingPlanned(),
      note: neverMade(step.component),
    };
  }
  return plan(step, await tools.scope.madeRecipe(component), tools);
}

async function plan(
  step: StepRecord,
  recipe: Recipe,
  tools: StepTools,
): Promise<StepResult> {
  const context = await tools.contexts.of(step, recipe);
  const made = await makePlan(recipe, step.purpose!, context, tools);
  const accepted = accept(step, made, tools.operation);
  return 'problem' in accepted
    ? { state: 'failed', problem: accepted.problem }
    : { state: 'succeeded', ...accepted };
}
