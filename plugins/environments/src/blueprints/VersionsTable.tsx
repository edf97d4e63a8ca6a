import { Link } from '@backstage/ui';
import { Blueprint } from '@greenroom/plugin-environments-common';
import { DataTable } from '../portal/DataTable';
import { usePaths } from '../portal/paths';
import { StateBadge } from '../state/StateBadge';
import { VERSION_VIEWS } from '../state/states';
import { Moment } from '../time/Moment';
import styles from './blueprints.module.css';

/** Every version, newest first, and how many environments are on it. */
export function VersionsTable({ blueprint }: { blueprint: Blueprint }) {
  const paths = usePaths();
  return (
    <DataTable
      label="Versions"
      columns={['Version', 'State', 'Published', 'Environments']}
    >
      {blueprint.versionList.map(
        ({ version, status, publishedAt, environments }) => (
          <tr key={version}>
            <td>
              {version}{' '}
              {version === blueprint.recommendedVersion && (
                <span className={styles.quietOnPage}>recommended</span>
              )}
            </td>
            <td>
              <StateBadge view={VERSION_VIEWS[status]} />
            </td>
            <td>{publishedAt ? <Moment at={publishedAt} inWords /> : '–'}</td>
            <td>
              {environments > 0 ? (
                <Link href={paths.environmentsOf(blueprint.name)}>
                  {environments}
                </Link>
              ) : (
                0
              )}
            </td>
          </tr>
        ),
      )}
    </DataTable>
  );
}
