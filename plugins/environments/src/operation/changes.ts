import {
  Operation,
  OperationKind,
  Step,
} from '@greenroom/plugin-environments-common';
import { planText } from './words';

/** One component of an operation that ended early, in words. */
export interface Change {
  component: string;
  done: boolean;
  text: string;
}

/** What an operation did change and what it did not, component by component. */
export function changesOf(
  operation: Pick<Operation, 'kind' | 'steps'>,
): Change[] {
  const components = [...new Set(operation.steps.map(s => s.component))];
  return components.map(component => {
    const steps = operation.steps.filter(s => s.component === component);
    return { component, ...changeOf(operation.kind, steps) };
  });
}

const DONE: Record<OperationKind, string> = {
  create: 'made',
  update: 'updated',
  upgrade: 'upgraded',
  pause: 'paused',
  resume: 'resumed',
  remediate: 'remediated',
  adopt: 'adopted',
  destroy: 'destroyed',
};

function changeOf(
  kind: OperationKind,
  steps: Step[],
): Omit<Change, 'component'> {
  const acting = steps.find(({ action }) =>
    ['apply', 'destroy'].includes(action),
  );
  const planned = steps.find(({ plan }) => plan)?.plan;
  if (!acting)
    return { done: false, text: 'was only planned, nothing changed' };
  const made = acting.action === 'apply';
  switch (acting.state) {
    case 'succeeded':
      return {
        done: true,
        text: made
          ? `was ${DONE[kind]}: ${planned ? planText(planned) : 'as planned'}, and is kept`
          : 'was destroyed',
      };
    case 'unchanged':
      return { done: true, text: 'needed no change' };
    case 'failed':
    case 'cancelled':
    case 'running':
      return {
        done: false,
        text: made
          ? 'was begun: what was made of it is kept, and listed under its resources'
          : 'was begun: what could not be destroyed is still there',
      };
    case 'waiting':
    case 'skipped':
      return { done: false, text: 'was not touched' };
    default: {
      const unknown: never = acting.state;
      return unknown;
    }
  }
}
