import { Link, Skeleton } from '@backstage/ui';
import { LeaseSummary } from '@greenroom/plugin-environments-common';
import { ReactNode, useState } from 'react';
import { EntityLink } from '../entity/EntityLink';
import { Failure } from '../feedback/Failure';
import { StaleNote } from '../feedback/StaleNote';
import { FIRST_PAGE, PAGE_SIZE } from '../list/page';
import { Pager } from '../list/Pager';
import { DataTable } from '../portal/DataTable';
import { usePaths } from '../portal/paths';
import { Moment } from '../time/Moment';
import { LeaseFilters, toSelection } from './filters';
import { useLeases } from './queries';
import styles from './leaseFleet.module.css';

/** What somebody keeps from its end: until when, who, and why. */
export function Kept({ filters }: { filters: LeaseFilters }) {
  return (
    <>
      <KeptList
        list="held"
        filters={filters}
        heading="Held"
        empty="Nobody holds an environment beyond its time."
        columns={[
          'Environment',
          'Held until',
          'By',
          'Why',
          'Would end',
          'Owner',
        ]}
      >
        {lease => <HeldRow key={lease.environmentId} lease={lease} />}
      </KeptList>
      <KeptList
        list="protected"
        filters={filters}
        heading="Protected"
        empty="No environment is protected against its destroy."
        columns={['Environment', 'Since', 'By', 'Why', 'Time', 'Owner']}
      >
        {lease => <ProtectedRow key={lease.environmentId} lease={lease} />}
      </KeptList>
    </>
  );
}

function KeptList(props: {
  list: 'held' | 'protected';
  filters: LeaseFilters;
  heading: string;
  empty: string;
  columns: string[];
  children: (lease: LeaseSummary) => ReactNode;
}) {
  const { list, filters, heading, empty, columns, children } = props;
  const [place, setPlace] = useState(FIRST_PAGE);
  const { data, error, isPending, refetch } = useLeases({
    ...toSelection(filters),
    list,
    cursor: place.cursor,
    limit: PAGE_SIZE,
  });
  const what = `What is ${list} could not be read`;
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{heading}</h3>
      {error && !data && (
        <Failure error={error} what={what} onRetry={refetch} />
      )}
      {isPending && <Skeleton width="100%" height={108} />}
      {data && <StaleNote error={error} what={what} onRetry={refetch} />}
      {data?.items.length === 0 && <p className={styles.quiet}>{empty}</p>}
      {data && data.items.length > 0 && (
        <DataTable label={heading} columns={columns} stacks>
          {data.items.map(children)}
        </DataTable>
      )}
      {data && data.total > PAGE_SIZE && (
        <Pager
          place={place}
          shown={data.items.length}
          total={data.total}
          nextCursor={data.nextCursor}
          onChange={setPlace}
        />
      )}
    </section>
  );
}

function HeldRow({ lease }: { lease: LeaseSummary }) {
  const { hold, expiresAt, owner } = lease;
  if (!hold) return null;
  return (
    <tr>
      <NameCell lease={lease} />
      <td>
        <Moment at={hold.until} inWords />
      </td>
      <td>
        <EntityLink entityRef={hold.by} />
      </td>
      <td>{hold.reason}</td>
      <td>{expiresAt ? <Moment at={expiresAt} inWords /> : 'never'}</td>
      <td>
        <EntityLink entityRef={owner} />
      </td>
    </tr>
  );
}

function ProtectedRow({ lease }: { lease: LeaseSummary }) {
  const { protection, stage, expiresAt, owner } = lease;
  if (!protection) return null;
  return (
    <tr>
      <NameCell lease={lease} />
      <td>
        <Moment at={protection.since} inWords />
      </td>
      <td>
        <EntityLink entityRef={protection.by} />
      </td>
      <td>{protection.reason}</td>
      <td>
        {expiresAt ? (
          <>
            {stage === 'blocked' ? 'up since ' : 'until '}
            <Moment at={expiresAt} inWords />
          </>
        ) : (
          'no end'
        )}
      </td>
      <td>
        <EntityLink entityRef={owner} />
      </td>
    </tr>
  );
}

function NameCell({ lease }: { lease: LeaseSummary }) {
  const paths = usePaths();
  const { environmentId: id, environmentName: name, state } = lease;
  return (
    <td>
      <Link href={paths.environment({ id, name, state })} weight="bold">
        {name}
      </Link>
    </td>
  );
}
