import { Button, Link, Skeleton } from '@backstage/ui';
import { Orphan } from '@greenroom/plugin-environments-common';
import { useOrphans } from '../data/recordQueries';
import { EntityLink } from '../entity/EntityLink';
import { entityName } from '../entity/names';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { StaleNote } from '../feedback/StaleNote';
import { Pager } from '../list/Pager';
import { DataTable } from '../portal/DataTable';
import { usePaths } from '../portal/paths';
import { StateBadge } from '../state/StateBadge';
import { ORPHAN_VIEWS } from '../state/states';
import { Age } from '../time/Elapsed';
import { formatExact } from '../time/format';
import { Moment } from '../time/Moment';
import {
  changeOrphanFilters,
  isOrphansNarrowed,
  OrphanFilters,
} from './filters';
import styles from './orphans.module.css';

const WHAT = 'The orphans could not be read';

/** Every resource that a teardown could not remove. */
export function OrphansList(props: {
  orphans: ReturnType<typeof useOrphans>;
  filters: OrphanFilters;
  setFilters: (filters: OrphanFilters) => void;
  /** Teardowns are still tried that have not failed often enough for what is left to count. */
  trying: boolean;
}) {
  const { filters, setFilters, trying } = props;
  const { data, error, isPending, refetch } = props.orphans;
  if (error && !data) {
    return <Failure error={error} what={WHAT} onRetry={refetch} />;
  }
  if (isPending) return <Skeleton width="100%" height={288} />;
  if (!data) return null;
  if (data.items.length === 0) {
    return (
      <NoOrphans filters={filters} setFilters={setFilters} trying={trying} />
    );
  }
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>What is left</h3>
      <StaleNote error={error} what={WHAT} onRetry={refetch} />
      <DataTable
        label="Orphans"
        columns={[
          'Resource',
          'Where',
          'Environment',
          'Owner',
          'State',
          'Since',
          'Last error',
          'Next try',
        ]}
      >
        {data.items.map(orphan => (
          <OrphanRow key={orphan.id} orphan={orphan} />
        ))}
      </DataTable>
      <Pager
        place={filters}
        shown={data.items.length}
        total={data.total}
        nextCursor={data.nextCursor}
        onChange={place => setFilters({ ...filters, ...place })}
      />
    </section>
  );
}

function OrphanRow({ orphan }: { orphan: Orphan }) {
  const paths = usePaths();
  const { environmentId, environmentName, forgotten, externalId } = orphan;
  return (
    <tr>
      <td>
        <code title={orphan.type}>{orphan.address}</code>
        {externalId && <code className={styles.id}>{externalId}</code>}
      </td>
      <td>
        {orphan.component} <span className={styles.quiet}>{orphan.driver}</span>
      </td>
      <td>
        <Link href={paths.environmentById(environmentId, environmentName)}>
          {environmentName}
        </Link>
      </td>
      <td>
        <EntityLink entityRef={orphan.owner} />
      </td>
      <td>
        <StateBadge view={ORPHAN_VIEWS[orphan.state]} />
      </td>
      <td>
        <time dateTime={orphan.since} title={formatExact(orphan.since)}>
          <Age from={orphan.since} />
        </time>
        , {orphan.attempts} {orphan.attempts === 1 ? 'try' : 'tries'}
      </td>
      <td>
        {forgotten
          ? `Forgotten by ${entityName(forgotten.by)}: ${forgotten.reason}`
          : orphan.lastError}
      </td>
      <td>
        <NextTry orphan={orphan} />
      </td>
    </tr>
  );
}

function NextTry({ orphan }: { orphan: Orphan }) {
  const { state, nextAttemptAt, endedAt } = orphan;
  if (state !== 'open') {
    return endedAt ? (
      <>
        ended <Moment at={endedAt} inWords />
      </>
    ) : (
      <>–</>
    );
  }
  return nextAttemptAt ? <Moment at={nextAttemptAt} inWords /> : <>under way</>;
}

function NoOrphans(props: {
  filters: OrphanFilters;
  setFilters: (filters: OrphanFilters) => void;
  trying: boolean;
}) {
  const { filters, setFilters, trying } = props;
  if (isOrphansNarrowed(filters)) {
    return (
      <Notice
        title="No orphan matches"
        actions={
          <Button
            variant="secondary"
            onPress={() =>
              setFilters(
                changeOrphanFilters(filters, {
                  search: '',
                  state: [],
                  owner: [],
                }),
              )
            }
          >
            Clear search and filters
          </Button>
        }
      >
        {filters.state.length === 0 &&
          'What is gone or forgotten is only shown when the state filter names it.'}
      </Notice>
    );
  }
  if (trying) {
    return (
      <Notice title="Nothing counts as left over yet">
        What a teardown can’t remove is listed here once it has failed a few
        times; until then it is tried again by itself.
      </Notice>
    );
  }
  return (
    <Notice title="Nothing is left over">
      What a teardown can’t remove is listed here, tried again, and kept until
      it is proven gone.
    </Notice>
  );
}
