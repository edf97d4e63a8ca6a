import { Problem } from '@greenroom/plugin-environments-common';
import { DriverResource } from '@greenroom/plugin-environments-node';
import { ComponentChange } from '../environments/types';
import { StepPlanRecord, StepRecord } from './types';

/** What a step came to: how it is written down, and what it does to its component. */
export interface StepResult {
  state: 'succeeded' | 'failed';
  plan?: StepPlanRecord;
  problem?: Problem;
  component?: ComponentChange;
}

/** Nothing of the component is left, or there never was anything. */
export const GONE: StepResult = {
  state: 'succeeded',
  component: { state: 'gone', outputs: {}, resources: [] },
};

/** A teardown is done when nothing is left, not when the tool says so. */
export function stillThere(
  step: StepRecord,
  left: DriverResource[],
): StepResult {
  const addresses = left.map(resource => resource.address).join(', ');
  return {
    state: 'failed',
    component: { resources: left },
    problem: {
      code: 'teardown.unproven',
      component: step.component,
      message: `The destroy of ${step.component} went through, but this is still there: ${addresses}.`,
      remedy:
        'The teardown is tried again by itself; see in the log what holds on to it.',
    },
  };
}
