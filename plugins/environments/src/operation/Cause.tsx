import { Link } from '@backstage/ui';
import {
  Operation,
  OperationSummary,
} from '@greenroom/plugin-environments-common';
import { useOperation } from '../data/operationQueries';
import { EntityLink } from '../entity/EntityLink';
import { usePaths } from '../portal/paths';
import { Moment } from '../time/Moment';
import { operationName } from './words';

/** Who or what wanted it, when, and the operation that it repeats or goes back to. */
export function Cause({ operation }: { operation: OperationSummary }) {
  const { cause, requestedBy, requestedAt } = operation;
  switch (cause.code) {
    case 'request':
      return (
        <>
          Asked for by <EntityLink entityRef={requestedBy} />{' '}
          <Moment at={requestedAt} inWords />
        </>
      );
    case 'retry':
      return (
        <>
          Retry of <OtherOperation id={cause.operationId} /> by{' '}
          <EntityLink entityRef={requestedBy} />{' '}
          <Moment at={requestedAt} inWords />
        </>
      );
    case 'rollback':
      return (
        <>
          Goes back to <OtherOperation id={cause.operationId} /> for{' '}
          <EntityLink entityRef={requestedBy} />{' '}
          <Moment at={requestedAt} inWords />
        </>
      );
    case 'fleet':
      return (
        <>
          <FleetLink id={cause.fleetUpgradeId} text={cause.message} />, for{' '}
          <EntityLink entityRef={requestedBy} />{' '}
          <Moment at={requestedAt} inWords />
        </>
      );
    case 'lease.expired':
    case 'teardown.retry':
    case 'teardown.check':
    case 'schedule.sleep':
    case 'schedule.wake':
    case 'idle.after':
      return (
        <>
          <Moment at={requestedAt} inWords />, because {cause.message}
        </>
      );
    default: {
      const unknown: never = cause.code;
      return unknown;
    }
  }
}

function FleetLink({ id, text }: { id: string | undefined; text: string }) {
  const paths = usePaths();
  return id ? <Link href={paths.fleetUpgrade(id)}>{text}</Link> : <>{text}</>;
}

function OtherOperation({ id }: { id: string | undefined }) {
  const other = useOperation(id);
  return other.data ? (
    <OperationLink operation={other.data} />
  ) : (
    <>an earlier operation</>
  );
}

export function OperationLink(props: {
  operation: Pick<
    Operation,
    'kind' | 'number' | 'environmentId' | 'environmentName'
  >;
}) {
  const paths = usePaths();
  return (
    <Link href={paths.operationOf(props.operation)}>
      {operationName(props.operation)}
    </Link>
  );
}
