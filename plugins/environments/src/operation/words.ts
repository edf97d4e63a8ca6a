import {
  Operation,
  OperationKind,
  PlanSummary,
  SourcePlace,
  Step,
} from '@greenroom/plugin-environments-common';

const KINDS: Record<OperationKind, string> = {
  create: 'Create',
  destroy: 'Destroy',
};

export function kindWord(kind: OperationKind): string {
  return KINDS[kind];
}

/** `Create #1` */
export function operationTitle(operation: {
  kind: OperationKind;
  number: number;
}): string {
  return `${kindWord(operation.kind)} #${operation.number}`;
}

/** `+5 ~0 −0` */
export function planText({ add, change, remove }: PlanSummary): string {
  return `+${add} ~${change} −${remove}`;
}

/** `plan database` */
export function stepTitle(step: Pick<Step, 'action' | 'component'>): string {
  return `${step.action} ${step.component}`;
}

/** `database/main.tf, line 14` */
export function placeText({ file, line }: SourcePlace): string {
  return line === undefined ? file : `${file}, line ${line}`;
}

const DOING: Record<Step['action'], string> = {
  plan: 'Planning',
  apply: 'Applying',
  destroy: 'Destroying',
  prove: 'Proving that nothing is left of',
};

/** The one sentence that people come for: where it stands. */
export function operationAnswer(
  operation: Pick<Operation, 'state' | 'kind' | 'steps'>,
): string {
  const { state, kind, steps } = operation;
  switch (state) {
    case 'queued':
      return 'It waits for a worker to take it up.';
    case 'running': {
      const at = steps.findIndex(step => step.state === 'running');
      if (at < 0) return 'It goes on with the next step.';
      const step = steps[at];
      return `${DOING[step.action]} ${step.component}, step ${at + 1} of ${steps.length}.`;
    }
    case 'succeeded':
      return kind === 'create'
        ? 'Everything was made.'
        : 'Everything was destroyed, and nothing is left.';
    case 'failed':
      return kind === 'create'
        ? 'It could not be made.'
        : 'It could not be destroyed.';
    default: {
      const unknown: never = state;
      return unknown;
    }
  }
}

/** One component of a failed operation, in words. */
export interface Change {
  component: string;
  done: boolean;
  text: string;
}

/** What a failed operation did change and what it did not, component by component. */
export function changesOf(
  operation: Pick<Operation, 'kind' | 'steps'>,
): Change[] {
  const components = [...new Set(operation.steps.map(s => s.component))];
  return components.map(component => {
    const steps = operation.steps.filter(s => s.component === component);
    return { component, ...changeOf(steps) };
  });
}

function changeOf(steps: Step[]): Omit<Change, 'component'> {
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
          ? `was made${planned ? `: ${planText(planned)}` : ''}, and is kept`
          : 'was destroyed',
      };
    case 'failed':
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
