import { Button, Link } from '@backstage/ui';
import { Orphan } from '@greenroom/plugin-environments-common';
import { useOrphans } from '../data/recordQueries';
import { EntityLink } from '../entity/EntityLink';
import { entityName } from '../entity/names';
import { Notice } from '../feedback/Notice';
import { ListSection } from '../list/ListSection';
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

/** Every resource that a teardown could not remove. */
export function OrphansList(props: {
  orphans: ReturnType<typeof useOrphans>;
  filters: OrphanFilters;
  setFilters: (filters: OrphanFilters) => void;
  /** Teardowns are still tried that have not failed often enough for what is left to count. */
  trying: boolean;
}) {
  const { orphans, filters, setFilters, trying } = props;
  if (orphans.data?.items.length === 0) {
    return (
      <NoOrphans filters={filters} setFilters={setFilters} trying={trying} />
    );
  }
  return (
    <ListSection
      heading="What is left"
      what="The orphans could not be read"
      list={orphans}
      height={288}
      className={styles.section}
    >
      {page => (
        <>
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
            stacks
          >
            {page.items.map(orphan => (
              <OrphanRow key={orphan.id} orphan={orphan} />
            ))}
          </DataTable>
          <Pager
            place={filters}
            shown={page.items.length}
            total={page.total}
            nextCursor={page.nextCursor}
            onChange={place => setFilters({ ...filters, ...place })}
          />
        </>
      )}
    </ListSection>
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
