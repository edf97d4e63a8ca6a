import { DriverProof } from '@greenroom/plugin-environments-node';
import { callsOf } from './driverCalls';
import { isConfirmed, planAgain } from './plans';
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
  const planned = planStepOf(step, tools);
  const { changes } = planned.plan!;
  reports.load(step.component, component.reported);
  const recipe = await scope.madeRecipe(component);
  return {
    declares: true,
    begins: { state: 'working' },
    fails: { state: 'failed' },
    work: async () => {
      const context = await contexts.of(step, recipe);
      if (isConfirmed(planned)) {
        const problem = await planAgain(
          planned,
          recipe,
          context,
          tools,
          'Somebody has confirmed what goes: looking whether that still is all.',
        );
        if (problem) return { state: 'failed', problem };
      }
      const driver = callsOf(drivers.get(recipe.driver));
      try {
        await driver.destroy(context);
      } catch (error) {
        await noteWhatIsLeft(step, () => driver.prove(context), tools);
        throw error;
      }
      const reported = withoutPlanned(reports.of(step.component), changes);
      return { state: 'succeeded', component: { reported } };
    },
  };
}

/**
 * A destroy that failed has removed a part, and what is told of orphans must not name that. When
 * nobody can say what is left, all that was there counts.
 */
async function noteWhatIsLeft(
  step: StepRecord,
  prove: () => Promise<DriverProof>,
  { held, environments }: StepTools,
): Promise<void> {
  if (held.signal.aborted) return;
  const proof = await prove().catch(() => undefined);
  if (!proof) return;
  const { environmentId } = held.claim;
  await held.write(tx =>
    environments.changeComponent(tx, environmentId, step.component, {
      resources: proof.left,
    }),
  );
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
