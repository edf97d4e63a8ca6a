import {
  Operation,
  OperationMove,
  PlanSummary,
} from '@greenroom/plugin-environments-common';
import { table } from '../portal/table';

const MOVE_COMMANDS: Record<OperationMove['move'], string | undefined> = {
  cancel: 'operations cancel',
  confirm: 'operations confirm',
  retry: 'operations retry',
  rollback: 'operations rollback',
  takeOver: 'operations take-over',
  // Asked for of the environment, in the portal.
  destroy: undefined,
};

/** An operation in words: where it stands, its steps, what can be done. */
export function describeOperation(operation: Operation): string {
  const { id, number, kind, environmentName, state, dryRun } = operation;
  const lines = [
    `Operation ${number} of ${environmentName}: ${kind}${dryRun ? ' (dry run)' : ''}, ${state}`,
    `  id        ${id}`,
    `  asked     ${operation.requestedAt} by ${operation.requestedBy}: ${operation.cause.message}`,
  ];
  if (operation.finishedAt) lines.push(`  ended     ${operation.finishedAt}`);
  if (operation.plan) lines.push(`  plan      ${inWords(operation.plan)}`);
  if (operation.confirmation?.planHash) {
    lines.push(`  plan hash ${operation.confirmation.planHash}`);
  }
  if (operation.worker) lines.push(`  worker    ${operation.worker}`);
  if (operation.problem) lines.push(`  problem   ${operation.problem.message}`);
  if (operation.problem?.remedy) {
    lines.push(`            → ${operation.problem.remedy}`);
  }
  const steps = operation.steps.map(step => [
    `  ${step.component}`,
    step.action,
    step.state,
    step.problem?.message ?? (step.plan ? inWords(step.plan) : ''),
  ]);
  lines.push('', table(['  COMPONENT', 'STEP', 'STATE', ''], steps));
  const moves = movesOf(operation);
  if (moves.length > 0) lines.push('', 'What can be done:', ...moves);
  return lines.join('\n');
}

function movesOf({ id, moves }: Operation): string[] {
  return moves.flatMap(({ move, allowed, operationId }) => {
    const command = MOVE_COMMANDS[move];
    return allowed && command
      ? [`  ./greenroom ${command} ${operationId ?? id}`]
      : [];
  });
}

function inWords({ add, change, remove }: PlanSummary): string {
  return `${add} to add, ${change} to change, ${remove} to remove`;
}
