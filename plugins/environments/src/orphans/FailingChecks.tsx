import { Link, Skeleton } from '@backstage/ui';
import {
  FailingTeardownCheck,
  ListOrphansQuery,
} from '@greenroom/plugin-environments-common';
import { useFailingChecks } from '../data/recordQueries';
import { EntityLink } from '../entity/EntityLink';
import { Failure } from '../feedback/Failure';
import { StaleNote } from '../feedback/StaleNote';
import { PAGE_SIZE } from '../list/page';
import { DataTable } from '../portal/DataTable';
import { usePaths } from '../portal/paths';
import { CheckProblems } from '../teardownCheck/CheckProblems';
import { Moment } from '../time/Moment';
import styles from './orphans.module.css';

const WHAT = 'The teardowns that would fail could not be read';

/** Teardowns that nobody has asked for yet, and that would fail. */
export function FailingChecks(props: {
  query: Pick<ListOrphansQuery, 'scope' | 'search'>;
}) {
  const checks = useFailingChecks({ ...props.query, limit: PAGE_SIZE });
  const { data, error, isPending, refetch } = checks;
  if (error && !data) {
    return <Failure error={error} what={WHAT} onRetry={refetch} />;
  }
  if (isPending) return <Skeleton width="100%" height={36} />;
  if (!data || data.items.length === 0) return null;
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>Would fail</h3>
      <StaleNote error={error} what={WHAT} onRetry={refetch} />
      <DataTable
        label="Teardowns that would fail"
        columns={['Environment', 'Owner', 'Ends', 'Why it would fail', 'Found']}
      >
        {data.items.map(check => (
          <CheckRow key={check.environmentId} check={check} />
        ))}
      </DataTable>
      {data.total > data.items.length && (
        <p className={styles.remark}>
          {data.total - data.items.length} more: narrow them down by search.
        </p>
      )}
    </section>
  );
}

function CheckRow({ check }: { check: FailingTeardownCheck }) {
  const paths = usePaths();
  const { environmentId, environmentName, dueAt, toldAt } = check;
  return (
    <tr>
      <td>
        <Link href={paths.environmentById(environmentId, environmentName)}>
          {environmentName}
        </Link>
      </td>
      <td>
        <EntityLink entityRef={check.owner} />
      </td>
      <td>{dueAt ? <Moment at={dueAt} inWords /> : 'never'}</td>
      <td>
        <CheckProblems problems={check.problems} />
      </td>
      <td>
        <Moment at={check.checkedAt} inWords />
        {toldAt && (
          <span className={styles.told}>
            owner told <Moment at={toldAt} inWords />
          </span>
        )}
      </td>
    </tr>
  );
}
