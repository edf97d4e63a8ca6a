import {
  Environment,
  Operation,
  OperationMove,
} from '@greenroom/plugin-environments-common';
import { useId } from 'react';
import { MoveButton } from './OperationActions';
import { Move, moveConsequence } from './words';
import styles from './moves.module.css';

const ORDER: readonly Move[] = ['retry', 'rollback', 'destroy'];

/** The ways on after an operation that ended early, each with what it comes to or why it can't be gone. */
export function WhatToDo(props: {
  operation: Operation;
  environment: Environment;
}) {
  const moves = ORDER.flatMap(
    name => props.operation.moves.find(({ move }) => move === name) ?? [],
  );
  const first = moves.find(({ move, allowed }) => allowed && move === 'retry');
  return (
    <ul className={styles.todo}>
      {moves.map(move => (
        <Way key={move.move} {...props} move={move} first={move === first} />
      ))}
    </ul>
  );
}

function Way(props: {
  move: OperationMove;
  operation: Operation;
  environment: Environment;
  first: boolean;
}) {
  const { move, operation, first } = props;
  const id = useId();
  const red = move.move === 'destroy' && move.allowed;
  return (
    <li>
      <MoveButton
        {...props}
        variant={first ? 'primary' : 'secondary'}
        describedBy={id}
        className={`${styles.button} ${red ? styles.destructive : ''}`}
      />
      <span id={id} className={move.allowed ? undefined : styles.quiet}>
        {move.allowed
          ? moveConsequence(move.move, operation)
          : `Not possible: ${move.reason ?? 'not now.'}`}
      </span>
    </li>
  );
}
