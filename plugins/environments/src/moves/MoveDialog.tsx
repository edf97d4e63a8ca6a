import { useApi } from '@backstage/frontend-plugin-api';
import {
  Environment,
  EnvironmentsApi,
  KeyedOptions,
  Operation,
  OperationMove,
} from '@greenroom/plugin-environments-common';
import { environmentsApiRef } from '../api';
import { ActionDialog, Asked } from '../change/ActionDialog';
import { Losses } from '../change/Losses';
import { operationName } from '../operation/words';
import { formatMomentInWords } from '../time/format';
import { useNow } from '../time/useNow';
import { cancelOutcome, Move, moveLabel } from './words';

/** Asks before a move, and tells what it leads to. */
export function MoveDialog(props: {
  move: OperationMove;
  operation: Operation;
  environment: Environment;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { move, operation, environment, isOpen, onOpenChange } = props;
  const api = useApi(environmentsApiRef);
  const label = useMoveLabel(move, operation);
  return (
    <ActionDialog
      title={label}
      keep={keepText(move.move, operation)}
      destructive={move.move === 'destroy' || move.move === 'cancel'}
      reason={move.move === 'takeOver' ? 'required' : 'optional'}
      plans={['retry', 'rollback', 'destroy'].includes(move.move)}
      notDone={`${label} was not possible`}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      onAct={(asked, keyed) => makeMove(api, move, operation, asked, keyed)}
    >
      <Consequence
        move={move}
        operation={operation}
        environment={environment}
      />
    </ActionDialog>
  );
}

function keepText(move: Move, operation: Operation): string {
  if (move === 'destroy') return `Keep ${operation.environmentName}`;
  return move === 'cancel'
    ? `Let ${operationName(operation)} go on`
    : 'Leave it as it is';
}

/** What the button of a move says, with the moment that a rollback goes to. */
export function useMoveLabel(
  move: OperationMove,
  operation: Operation,
): string {
  return useMoveLabels([move], operation)[0];
}

export function useMoveLabels(
  moves: OperationMove[],
  operation: Operation,
): string[] {
  const now = useNow(15_000);
  return moves.map(({ move, finishedAt }) => {
    const at = finishedAt && formatMomentInWords(finishedAt, { now });
    return moveLabel(move, operation, at?.replace(/^today /, ''));
  });
}

function makeMove(
  api: EnvironmentsApi,
  { move, operationId }: OperationMove,
  operation: Operation,
  asked: Asked,
  keyed: KeyedOptions,
): Promise<Operation> {
  const { id, environmentId } = operation;
  const { reason, dryRun, confirm } = asked;
  switch (move) {
    case 'cancel':
      return api.cancelOperation(id, { reason });
    case 'confirm':
      return api.confirmOperation(id, {
        planHash: operation.confirmation?.planHash ?? '',
      });
    case 'retry':
      return api.retryOperation(id, { reason, dryRun, confirm }, keyed);
    case 'rollback':
      return api.rollBackTo(
        operationId ?? id,
        { reason, dryRun, confirm },
        keyed,
      );
    case 'takeOver':
      return api.takeOverOperation(id, { reason: reason ?? '' });
    case 'destroy':
      return api.submitOperation(
        environmentId,
        { kind: 'destroy', ...asked },
        keyed,
      );
    default: {
      const unknown: never = move;
      return unknown;
    }
  }
}

function Consequence(props: {
  move: OperationMove;
  operation: Operation;
  environment: Environment;
}) {
  const { move, operation, environment } = props;
  switch (move.move) {
    case 'cancel':
      return (
        <ul>
          {cancelOutcome(operation).map(line => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      );
    case 'retry':
      return (
        <p>
          A new operation does what is left of {operationName(operation)}, with
          the same version and inputs. It plans again; what has been made is
          kept.
        </p>
      );
    case 'rollback':
      return (
        <p>
          A new operation goes back to the version and inputs that{' '}
          {environment.name} had then. What was changed since is undone; data
          that came in since stays where its resource stays.
        </p>
      );
    case 'takeOver':
      return (
        <p>
          {operation.worker ?? 'The worker'} loses this operation at once, and
          another worker goes on with it. Do this only when that worker can’t be
          trusted any more: what it is doing to a resource at this moment may
          still come through.
        </p>
      );
    case 'confirm':
      return <p>Exactly the plan that is shown is applied.</p>;
    case 'destroy':
      return <Losses environment={environment} />;
    default: {
      const unknown: never = move.move;
      return unknown;
    }
  }
}
