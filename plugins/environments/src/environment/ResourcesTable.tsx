import { Skeleton } from '@backstage/ui';
import { Environment } from '@greenroom/plugin-environments-common';
import { isEnvironmentBusy } from '../data/pace';
import { useResources } from '../data/queries';
import { Failure } from '../feedback/Failure';
import { DataTable } from '../portal/DataTable';
import styles from './environment.module.css';

/** What the drivers keep for this environment, by their own addresses. */
export function ResourcesTable(props: {
  environment: Environment;
  /** Those of one component alone. */
  component?: string;
}) {
  const { environment, component: only } = props;
  const { id, components } = environment;
  const resources = useResources(id, isEnvironmentBusy(environment));

  if (resources.isError && !resources.data) {
    return (
      <Failure
        error={resources.error}
        what="The resources could not be read"
        onRetry={resources.refetch}
      />
    );
  }
  if (!resources.data) {
    const expected = components.reduce((sum, one) => sum + one.resources, 0);
    return <Skeleton width="100%" height={36 * (expected + 1)} />;
  }
  const rows = resources.data.filter(
    ({ component }) => !only || component === only,
  );
  if (rows.length === 0) {
    return (
      <p className={styles.none}>
        {environment.state === 'destroyed'
          ? 'None is left.'
          : 'None yet. Resources appear here as they are made.'}
      </p>
    );
  }
  return (
    <DataTable
      label="Resources"
      columns={['Resource', 'Component', 'Id where it was made']}
    >
      {rows.map(({ component, address, type, externalId }) => (
        <tr key={`${component} ${address}`}>
          <td>
            <code title={type}>{address}</code>
          </td>
          <td>{component}</td>
          <td>{externalId ? <code>{externalId}</code> : '–'}</td>
        </tr>
      ))}
    </DataTable>
  );
}
