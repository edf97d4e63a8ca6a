import { Button, useBreakpoint } from '@backstage/ui';
import { LeaseOverview } from '@greenroom/plugin-environments-common';
import { DateTime } from 'luxon';
import { BulkBar } from '../bulk/BulkBar';
import { useSelection } from '../bulk/useSelection';
import { Notice } from '../feedback/Notice';
import { PAGE_SIZE } from '../list/page';
import { PagedList } from '../list/PagedList';
import { useSteadyRows } from '../list/useSteadyRows';
import { useNow } from '../time/useNow';
import { DayBars } from './DayBars';
import {
  changeLeaseFilters,
  DAYS_AHEAD,
  isLeasesNarrowed,
  LeaseFilters,
  toSelection,
  toSpan,
} from './filters';
import { LeasesItems } from './LeasesItems';
import { LeasesTable } from './LeasesTable';
import { useLeases } from './queries';
import { SetLeaseFilters } from './useLeaseFilters';
import styles from './leaseFleet.module.css';

/** What ends in the next days, day by day and one by one. */
export function NextDays(props: {
  overview?: LeaseOverview;
  filters: LeaseFilters;
  setFilters: SetLeaseFilters;
}) {
  const { overview, filters, setFilters } = props;
  const now = useNow(15_000);
  const list = useLeases({
    ...toSelection(filters),
    ...(filters.grace ? { list: 'grace' } : toSpan(filters, now)),
    cursor: filters.cursor,
    limit: PAGE_SIZE,
  });
  const items = list.data?.items.map(lease => ({
    ...lease,
    id: lease.environmentId,
  }));
  const { rows, hold } = useSteadyRows(items ?? []);
  const selection = useSelection({ of: changeLeaseFilters(filters, {}), rows });
  const { down } = useBreakpoint();
  const List = down('md') ? LeasesItems : LeasesTable;

  return (
    <>
      <DayBars overview={overview} filters={filters} />
      <Shown filters={filters} setFilters={setFilters} />
      <PagedList
        what="The leases could not be read"
        list={list}
        place={filters}
        onPlace={place => setFilters({ ...filters, ...place })}
        hold={hold}
        empty={<NothingEnds filters={filters} setFilters={setFilters} />}
      >
        <List rows={rows} loading={list.isPending} selection={selection} />
      </PagedList>
      {list.data && <BulkBar selection={selection} total={list.data.total} />}
    </>
  );
}

/** Which days, where it is not all of them, and the way back. */
function Shown(props: { filters: LeaseFilters; setFilters: SetLeaseFilters }) {
  const { filters, setFilters } = props;
  const text = shownText(filters);
  if (!text) return null;
  return (
    <p className={styles.shown}>
      {text}{' '}
      <Button
        variant="tertiary"
        size="small"
        onPress={() =>
          setFilters(
            changeLeaseFilters(filters, {
              day: undefined,
              days: undefined,
              grace: false,
            }),
          )
        }
      >
        {`Show all ${DAYS_AHEAD} days`}
      </Button>
    </p>
  );
}

function shownText({ day, days, grace }: LeaseFilters): string | undefined {
  if (grace) return 'Only what is paused until its end.';
  if (day) {
    const date = DateTime.fromISO(day).setLocale('en-GB');
    return `Only ${date.toFormat('cccc d LLLL')}.`;
  }
  if (days === undefined) return undefined;
  return days === 1 ? 'Only today.' : `Only the next ${days} days.`;
}

function NothingEnds(props: {
  filters: LeaseFilters;
  setFilters: SetLeaseFilters;
}) {
  const { filters, setFilters } = props;
  const isNarrowed = isLeasesNarrowed(filters);
  return (
    <Notice
      title={isNarrowed ? 'No lease matches' : 'Nothing ends in these days'}
      actions={
        isNarrowed || filters.scope !== 'all' ? (
          <Button
            variant="secondary"
            onPress={() =>
              setFilters(
                changeLeaseFilters(filters, {
                  scope: 'all',
                  search: '',
                  blueprint: [],
                  owner: [],
                  type: [],
                }),
              )
            }
          >
            {isNarrowed ? 'Clear search and filters' : 'Look at all'}
          </Button>
        ) : undefined
      }
    >
      {!isNarrowed &&
        'Whatever ends later is in the list of environments, the least time left first.'}
    </Notice>
  );
}
