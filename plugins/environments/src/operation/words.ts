import {
  Operation,
  OperationKind,
  PlanSummary,
  SourcePlace,
  Step,
} from '@greenroom/plugin-environments-common';

const KINDS: Record<OperationKind, string> = {
  create: 'Create',
  update: 'Update',
  upgrade: 'Upgrade',
  pause: 'Pause',
  resume: 'Resume',
  remediate: 'Remediate',
  adopt: 'Adopt',
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

/** Within a sentence: `update #7` */
export function operationName(operation: {
  kind: OperationKind;
  number: number;
}): string {
  return `${operation.kind} #${operation.number}`;
}

/** `+5 ~0 −0` */
export function planText({ add, change, remove }: PlanSummary): string {
  return `+${add} ~${change} −${remove}`;
}

/** `2 to add, 1 to change, none to remove` */
export function planSentence({ add, change, remove }: PlanSummary): string {
  const count = (number: number) => (number === 0 ? 'none' : String(number));
  return add + change + remove === 0
    ? 'nothing to change'
    : `${count(add)} to add, ${count(change)} to change, ${count(remove)} to remove`;
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

const DONE: Record<OperationKind, string> = {
  create: 'Everything was made.',
  update: 'It now runs with the new inputs.',
  upgrade: 'It now runs on the new version.',
  pause: 'It is paused; nothing of it was lost.',
  resume: 'It runs again.',
  remediate: 'Everything is as it was declared.',
  adopt: 'What there is now counts as what was meant.',
  destroy: 'Everything was destroyed, and nothing is left.',
};

const NOT_DONE: Record<OperationKind, string> = {
  create: 'It could not be made.',
  update: 'It could not be updated.',
  upgrade: 'It could not be upgraded.',
  pause: 'It could not be paused.',
  resume: 'It could not be resumed.',
  remediate: 'It could not be made as declared.',
  adopt: 'What there is could not be taken over.',
  destroy: 'It could not be destroyed.',
};

/** The one sentence that people come for: where it stands. */
export function operationAnswer(
  operation: Pick<
    Operation,
    'state' | 'kind' | 'steps' | 'dryRun' | 'cancel' | 'behind' | 'plan'
  >,
): string {
  const { state, kind, dryRun, cancel, behind, plan } = operation;
  switch (state) {
    case 'pending':
      return behind
        ? `It begins once ${operationName(behind)} has ended.`
        : 'It begins once the operation before it has ended.';
    case 'queued':
      return 'It waits for a worker to take it up.';
    case 'running':
      return cancel
        ? 'It is being cancelled: steps under way are interrupted, no other begins.'
        : runningAnswer(operation.steps);
    case 'waiting':
      return 'Everything is planned, nothing is changed before somebody confirms the plan.';
    case 'succeeded':
      if (!dryRun) return DONE[kind];
      return `A dry run, nothing was changed: ${plan ? planSentence(plan) : 'nothing to change'}.`;
    case 'failed':
      return dryRun ? 'The plan could not be made.' : NOT_DONE[kind];
    case 'cancelled':
      return operation.steps.some(changedSomething)
        ? 'It was cancelled: what had been changed by then is kept.'
        : 'It was cancelled before it changed anything.';
    default: {
      const unknown: never = state;
      return unknown;
    }
  }
}

function runningAnswer(steps: Step[]): string {
  const running = steps.filter(step => step.state === 'running');
  if (running.length === 0) return 'It goes on with the next step.';
  const [first, ...others] = running;
  const beside =
    others.length === 0
      ? ''
      : ` and ${others.length} more step${others.length === 1 ? '' : 's'}`;
  return `${DOING[first.action]} ${first.component}${beside}, step ${steps.indexOf(first) + 1} of ${steps.length}.`;
}

/** A step that may have changed something: it was begun, and is not just a look. */
export function changedSomething({ action, state }: Step): boolean {
  return (
    (action === 'apply' || action === 'destroy') &&
    ['running', 'succeeded', 'failed', 'cancelled'].includes(state)
  );
}
