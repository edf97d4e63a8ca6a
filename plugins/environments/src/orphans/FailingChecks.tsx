import { Link } from '@backstage/ui';
import {
  FailingTeardownCheck,
  ListOrphansQuery,
} from '@greenroom/plugin-environments-common';
import { useFailingChecks } from '../data/recordQueries';
import { EntityLink } from '../entity/EntityLink';
import { ListSection, MoreNote } from '../list/ListSection';
import { PAGE_SIZE } from '../list/page';
import { DataTable } from '../portal/DataTable';
import { usePaths } from '../portal/paths';
import { CheckProblems } from '../teardownCheck/CheckProblems';
import { Moment } from '../time/Moment';
import styles from './orphans.module.css';

/** Teardowns that nobody has asked for yet, and that would fail. */
export function FailingChecks(props: {
  query: Pick<ListOrphansQuery, 'scope' | 'search'>;
  /** Where there are none; absent: nothing is said then. */
  empty?: string;
}) {
  const checks = useFailingChecks({ ...props.query, limit: PAGE_SIZE });
  return (
    <ListSection
      heading="Would fail"
      what="The teardowns that would fail could not be read"
      list={checks}
      height={36}
      className={styles.section}
      empty={props.empty}
    >
      {page => (
        <>
          <DataTable
            label="Teardowns that would fail"
            columns={[
              'Environment',
              'Owner',
              'Ends',
              'Why it would fail',
              'Found',
            ]}
            stacks
          >
            {page.items.map(check => (
              <CheckRow key={check.environmentId} check={check} />
            ))}
          </DataTable>
          <MoreNote page={page} />
        </>
      )}
    </ListSection>
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
