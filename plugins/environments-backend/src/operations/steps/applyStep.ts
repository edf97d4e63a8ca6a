import {
  DriverApplied,
  PlanGoneError,
} from '@greenroom/plugin-environments-node';
import { ComponentChange, ComponentRecord } from '../../environments/types';
import { callsOf } from './driverCalls';
import { planAgain } from './plans';
import { Recipe } from '../run/recipe';
import { isAtRest } from '../run/scope';
import { planLost } from './stepProblems';
import { neverMade, PreparedStep, StepResult } from './stepResults';
import { planStepOf, StepTools } from './stepTools';
import { straysBeside, withoutPlanned } from './strays';
import { StepRecord } from '../types';

/** Carries out the plan of one component, that plan and no other. */
export async function prepareApply(
  step: StepRecord,
  tools: StepTools,
): Promise<PreparedStep> {
  const planned = planStepOf(step, tools);
  const component = await tools.scope.component(step.component);
  return planned.purpose === 'adopt'
    ? prepareAdopt(step, planned, component, tools)
    : prepareChange(step, planned, component, tools);
}

async function prepareChange(
  step: StepRecord,
  planned: StepRecord,
  component: ComponentRecord | undefined,
  tools: StepTools,
): Promise<PreparedStep> {
  const { scope, operation, held, givenVault, reports } = tools;
  const plan = planned.plan!;
  const done: ComponentChange = {
    state: operation.kind === 'pause' ? 'paused' : 'ready',
    blueprintVersionId: operation.blueprintVersionId,
  };
  if (plan.unchanged)
    return { result: { state: 'unchanged', component: done } };

  const recipe = await scope.wantedRecipe(step.component);
  done.appliedHash = await scope.hashOf(recipe);
  const withSealed = givenVault.seal(
    held.claim.environmentId,
    step.component,
    recipe.with,
  );
  // An apply that did not end may have left outputs untold, so it is applied even if empty.
  if (!plan.hasChanges && isAtRest(component)) {
    return {
      result: {
        state: 'unchanged',
        component: { ...done, withSealed },
        note: 'Nothing to apply: the plan changes nothing.',
      },
    };
  }
  reports.load(
    step.component,
    withoutPlanned(component?.reported ?? [], plan.changes),
  );
  return {
    declares: true,
    begins: {
      state: 'working',
      applyBegun: true,
      blueprintVersionId: recipe.blueprintVersionId,
      withSealed,
      reported: reports.of(step.component),
    },
    fails: { state: 'failed' },
    work: () => apply(step, planned, recipe, done, tools),
  };
}

/** What is there is what was meant: its outputs and resources are taken up, nothing is changed. */
async function prepareAdopt(
  step: StepRecord,
  planned: StepRecord,
  component: ComponentRecord | undefined,
  tools: StepTools,
): Promise<PreparedStep> {
  const atRest = isAtRest(component);
  if (!component?.applyBegun) {
    return {
      result: { state: 'unchanged', note: neverMade(step.component) },
    };
  }
  if (!planned.plan!.hasChanges && atRest) {
    return {
      result: {
        state: 'unchanged',
        note: 'Nothing to adopt: its state is what the world is like.',
      },
    };
  }
  tools.reports.load(step.component, component.reported);
  const recipe = await tools.scope.madeRecipe(component);
  // Of what did not end well nobody knows what it was made of: the next update looks at it again.
  const done: ComponentChange = atRest
    ? { state: component.state }
    : { state: 'ready', appliedHash: null };
  return { work: () => apply(step, planned, recipe, done, tools) };
}

async function apply(
  step: StepRecord,
  planned: StepRecord,
  recipe: Recipe,
  done: ComponentChange,
  tools: StepTools,
): Promise<StepResult> {
  const driver = callsOf(tools.drivers.get(recipe.driver));
  const context = await tools.contexts.of(step, recipe);
  try {
    const applied = await driver.apply(context, planned.plan!.hash);
    return succeeded(step, applied, done, tools);
  } catch (error) {
    if (!(error instanceof PlanGoneError)) throw error;
  }
  const problem = await planAgain(
    planned,
    recipe,
    context,
    tools,
    'The saved plan can’t be applied any more: planning again.',
  );
  if (problem) return { state: 'failed', problem };
  try {
    const applied = await driver.apply(context, planned.plan!.hash);
    return succeeded(step, applied, done, tools);
  } catch (error) {
    if (!(error instanceof PlanGoneError)) throw error;
    return { state: 'failed', problem: planLost(step) };
  }
}

function succeeded(
  step: StepRecord,
  { outputs, resources }: DriverApplied,
  done: ComponentChange,
  { vault, mask, held, reports }: StepTools,
): StepResult {
  for (const output of Object.values(outputs)) {
    // A driver that hands a secret on in the open does not make it less of a secret.
    if (mask.finds(output.value)) output.sensitive = true;
    if (output.sensitive) mask.hide(output.value);
  }
  const reported = straysBeside(reports.of(step.component), resources);
  reports.load(step.component, reported);
  const { environmentId } = held.claim;
  return {
    state: 'succeeded',
    component: {
      ...done,
      outputs: vault.seal(environmentId, step.component, outputs),
      resources,
      reported,
    },
  };
}
