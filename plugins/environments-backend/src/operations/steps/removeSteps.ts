import { callsOf } from './driverCalls';
import {
  neverMade,
  nothingLeft,
  PreparedStep,
  stillThere,
} from './stepResults';
import { planStepOf, StepTools } from './stepTools';
import { withoutPlanned, withReported } from './strays';
import { StepRecord } from '../types';

/** Removes all of one component, by the source and the values that it was made of. */
export async function prepareDestroy(
  step: StepRecord,
  tools: StepTools,
): Promise<PreparedStep> {
  const { scope, contexts, drivers, reports } = tools;
  const component = await scope.component(step.component);
  if (!component?.applyBegun) {
    return { result: { state: 'unchanged', note: neverMade(step.component) } };
  }
  const { changes } = planStepOf(step, tools).plan!;
  reports.load(step.component, component.reported);
  const recipe = await scope.madeRecipe(component);
  return {
    declares: true,
    begins: { state: 'working' },
    fails: { state: 'failed' },
    work: async () => {
      const driver = callsOf(drivers.get(recipe.driver));
      await driver.destroy(await contexts.of(step, recipe));
      const reported = withoutPlanned(reports.of(step.component), changes);
      return { state: 'succeeded', component: { reported } };
    },
  };
}

/**
 * Looks whether anything is left. What was reported as made and never found in a state counts as
 * left, whatever the driver says: it can only look where it knows of something.
 */
export async function prepareProve(
  step: StepRecord,
  tools: StepTools,
): Promise<PreparedStep> {
  const { scope, contexts, drivers, operation } = tools;
  const component = await scope.component(step.component);
  const gone = nothingLeft(operation.kind === 'destroy' ? 'gone' : 'absent');
  if (!component?.applyBegun) {
    return {
      result: {
        state: 'unchanged',
        component: gone,
        note: neverMade(step.component),
      },
    };
  }
  const recipe = await scope.madeRecipe(component);
  return {
    begins: { state: 'working' },
    fails: { state: 'failed' },
    work: async () => {
      const driver = callsOf(drivers.get(recipe.driver));
      const proof = await driver.prove(await contexts.of(step, recipe));
      const left = component.reported.reduce(withReported, proof.left);
      return proof.gone && left.length === 0
        ? { state: 'succeeded', component: gone }
        : stillThere(step, left, operation.kind);
    },
  };
}
