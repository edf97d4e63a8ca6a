import { Button, ButtonIcon, MenuTrigger } from '@backstage/ui';
import {
  Environment,
  Operation,
  OperationMove,
} from '@greenroom/plugin-environments-common';
import { RiMore2Line } from '@remixicon/react';
import { useState } from 'react';
import { ActionMenu } from '../change/ActionMenu';
import { isOperationUnfinished } from '../data/pace';
import { operationName } from '../operation/words';
import { MoveDialog, useMoveLabel, useMoveLabels } from './MoveDialog';

/** Cancel as a button while there is something to cancel; every move in the menu. */
export function OperationActions(props: {
  operation: Operation;
  environment: Environment;
}) {
  const { operation, environment } = props;
  const [asking, setAsking] = useState<OperationMove>();
  const cancel = operation.moves.find(({ move }) => move === 'cancel');
  // Beside a plan that waits there is a button of its own for it.
  const shown =
    isOperationUnfinished(operation.state) && operation.state !== 'waiting';
  // A plan is confirmed beside what it will change, not from a menu.
  const moves = operation.moves.filter(({ move }) => move !== 'confirm');
  const labels = useMoveLabels(moves, operation);
  return (
    <>
      {cancel && shown && (
        <Button
          variant="secondary"
          isDisabled={!cancel.allowed}
          onPress={() => setAsking(cancel)}
        >
          {`Cancel ${operationName(operation)}…`}
        </Button>
      )}
      <MenuTrigger>
        <ButtonIcon
          variant="secondary"
          aria-label={`More for ${operationName(operation)}`}
          icon={<RiMore2Line />}
        />
        <ActionMenu
          items={moves.map((move, index) => ({
            id: move.move,
            label: `${labels[index]}…`,
            danger: move.move === 'destroy',
            blocked: move.allowed
              ? undefined
              : (move.reason ?? 'Not possible.'),
            onAction: () => setAsking(move),
          }))}
        />
      </MenuTrigger>
      {asking && (
        <MoveDialog
          move={asking}
          operation={operation}
          environment={environment}
          isOpen
          onOpenChange={open => !open && setAsking(undefined)}
        />
      )}
    </>
  );
}

/** One move as a button with its dialog. */
export function MoveButton(props: {
  move: OperationMove;
  operation: Operation;
  environment: Environment;
  variant: 'primary' | 'secondary';
  className?: string;
  /** Of the text that says why it can't be made. */
  describedBy?: string;
}) {
  const { move, operation, environment, variant, className } = props;
  const [asking, setAsking] = useState(false);
  const label = useMoveLabel(move, operation);
  return (
    <>
      <Button
        variant={variant}
        className={className}
        isDisabled={!move.allowed}
        aria-describedby={props.describedBy}
        onPress={() => setAsking(true)}
      >
        {`${label}…`}
      </Button>
      {asking && (
        <MoveDialog
          move={move}
          operation={operation}
          environment={environment}
          isOpen
          onOpenChange={setAsking}
        />
      )}
    </>
  );
}
