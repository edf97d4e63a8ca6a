import { Link, Skeleton } from '@backstage/ui';
import { Environment } from '@greenroom/plugin-environments-common';
import { isEnvironmentBusy } from '../data/pace';
import { useOperations } from '../data/queries';
import { entityName } from '../entity/names';
import { Failure } from '../feedback/Failure';
import { operationTitle } from '../operation/words';
import { DataTable } from '../portal/DataTable';
import { usePaths } from '../portal/paths';
import { StateBadge } from '../state/StateBadge';
import { OPERATION_VIEWS } from '../state/states';
import { Elapsed } from '../time/Elapsed';
import { Moment } from '../time/Moment';

/** Every change to this environment, newest first. */
export function OperationsTable({ environment }: { environment: Environment }) {
  const paths = usePaths();
  const operations = useOperations(
    environment.id,
    isEnvironmentBusy(environment),
  );
  if (operations.isError && !operations.data) {
    return (
      <Failure
        error={operations.error}
        what="The operations could not be read"
        onRetry={operations.refetch}
      />
    );
  }
  if (!operations.data) return <Skeleton width="100%" height={108} />;
  return (
    <DataTable
      label="Operations"
      columns={['Operation', 'State', 'Asked for', 'Why', 'Took']}
    >
      {operations.data.map(operation => (
        <tr key={operation.id}>
          <td>
            <Link href={paths.operation(environment, operation)}>
              {operationTitle(operation)}
            </Link>
          </td>
          <td>
            <StateBadge view={OPERATION_VIEWS[operation.state]} />
          </td>
          <td>
            <Moment at={operation.requestedAt} inWords />
          </td>
          <td>
            {operation.cause.code === 'request'
              ? `Asked for by ${entityName(operation.requestedBy)}`
              : operation.cause.message}
          </td>
          <td>
            {operation.startedAt ? (
              <Elapsed from={operation.startedAt} to={operation.finishedAt} />
            ) : (
              '–'
            )}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
