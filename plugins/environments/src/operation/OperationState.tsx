import { OperationSummary } from '@greenroom/plugin-environments-common';
import { StateBadge } from '../state/StateBadge';
import { OPERATION_VIEWS } from '../state/states';
import { Elapsed } from '../time/Elapsed';
import { Moment } from '../time/Moment';

/** The state of an operation with the time that matters: how long it has run, took, or when it ended early. */
export function OperationState(props: {
  operation: OperationSummary;
  large?: boolean;
}) {
  const { operation, large } = props;
  const { state, startedAt, finishedAt, cancel } = operation;
  const view = OPERATION_VIEWS[state];
  return (
    <StateBadge view={view} large={large}>
      {state === 'running' && cancel ? 'Cancelling' : view.word}
      {state === 'running' && startedAt && (
        <>
          {' '}
          for <Elapsed from={startedAt} />
        </>
      )}
      {state === 'succeeded' && startedAt && finishedAt && (
        <>
          {' '}
          in <Elapsed from={startedAt} to={finishedAt} />
        </>
      )}
      {(state === 'failed' || state === 'cancelled') && finishedAt && (
        <>
          {' '}
          <Moment at={finishedAt} inWords />
        </>
      )}
    </StateBadge>
  );
}
