import { OperationKind } from '@greenroom/plugin-environments-common';
import { DriverResource } from '@greenroom/plugin-environments-node';
import { ComponentChange } from '../../environments/types';
import { StepEnd } from '../store/steps';
import { StepRecord } from '../types';

/** What a step came to: how it is written down, and what it does to its component. */
export type StepResult = Pick<StepEnd, 'plan' | 'confirmedHash' | 'problem'> & {
  state: 'succeeded' | 'unchanged' | 'failed' | 'cancelled';
  component?: ComponentChange;
  /** For the log: why there was nothing to do. */
  note?: string;
};

/** A step that is ready to be begun. */
export interface StepWork {
  /** What its beginning does to its component; absent when it only looks. */
  begins?: ComponentChange;
  /** What its failing does to its component, however it fails. */
  fails?: ComponentChange;
  /** From then on the environment is meant to be what the operation wants. */
  declares?: boolean;
  work(): Promise<StepResult>;
}

/** A step may turn out to have nothing to do before it is begun. */
export type PreparedStep = StepWork | { result: StepResult };

/** No apply of it was ever begun, so nothing of it can exist. */
export function neverMade(component: string): string {
  return `Nothing of ${component} was ever made: no apply of it was begun.`;
}

/** Nothing of a component is left, or there never was anything; it may be made anew. */
export function nothingLeft(state: 'gone' | 'absent'): ComponentChange {
  return {
    state,
    applyBegun: false,
    blueprintVersionId: null,
    withSealed: null,
    appliedHash: null,
    outputs: {},
    resources: [],
    reported: [],
  };
}

/** A teardown is done when nothing is left, not when the tool says so. */
export function stillThere(
  step: StepRecord,
  left: DriverResource[],
  kind: OperationKind,
): StepResult {
  const names = left.map(({ address, externalId }) =>
    externalId ? `${address} (${externalId})` : address,
  );
  return {
    state: 'failed',
    component: { resources: left },
    problem: {
      code: 'teardown.unproven',
      component: step.component,
      message: `The destroy of ${step.component} went through, but ${names.length > 0 ? `this is still there: ${names.join(', ')}` : 'its driver can’t say that nothing is left'}.`,
      remedy:
        kind === 'destroy'
          ? 'The teardown is tried again by itself; see in the log what holds on to it.'
          : 'See in the log what holds on to it, remove that, then try again.',
    },
  };
}
