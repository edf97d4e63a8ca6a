import { useParams } from 'react-router-dom';
import { useFailedTeardowns } from '../data/recordQueries';
import { PAGE_SIZE } from '../list/page';
import { FailedTeardowns } from '../orphans/FailedTeardowns';
import { FailingChecks } from '../orphans/FailingChecks';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { SectionTabs } from '../portal/SectionTabs';
import { BrakeNote } from './BrakeNote';
import { leaseQuery, toSelection } from './filters';
import { Kept } from './Kept';
import { LeasesAnswer } from './LeasesAnswer';
import { LeaseToolbar } from './LeaseToolbar';
import { MoreTimeList } from './MoreTimeList';
import { NextDays } from './NextDays';
import { useLeaseBrake, useLeaseOverview, useMoreTime } from './queries';
import { SleepCalendar } from './sleeps/SleepCalendar';
import { useLeaseFilters } from './useLeaseFilters';
import { Waiting } from './Waiting';
import { WhatIf } from './whatIf/WhatIf';

const VIEWS = [
  { id: 'next', label: 'Next days' },
  { id: 'sleeps', label: 'Sleep' },
  { id: 'kept', label: 'Held and protected' },
  { id: 'more-time', label: 'More time' },
  { id: 'failed', label: 'Failed teardowns' },
  { id: 'what-if', label: 'What if' },
];
const WAITING = { id: 'waiting', label: 'Waiting for a word' };

/** When environments end, over the whole fleet, and what is kept from it. */
export function LeasesPage() {
  const paths = usePaths();
  const { view: asked } = useParams();
  const { filters, setFilters } = useLeaseFilters();
  const overview = useLeaseOverview(toSelection(filters));
  const failed = useFailedTeardowns({
    scope: filters.scope,
    search: filters.search,
    limit: PAGE_SIZE,
  });
  const asking = useMoreTime({ ...toSelection(filters), limit: 1 }).data?.total;
  const waiting = useLeaseBrake().data?.brake?.waiting ?? 0;
  const views =
    waiting > 0 || asked === WAITING.id ? [...VIEWS, WAITING] : VIEWS;
  const view = views.find(({ id }) => id === asked) ?? VIEWS[0];
  const countOf = (id: string) => {
    if (id === WAITING.id) return waiting;
    if (id === 'more-time') return asking || undefined;
    return (id === 'failed' && failed.data?.total) || undefined;
  };

  return (
    <PageFrame title="Leases" tab="leases">
      <PageTitle
        title="Leases"
        answer={
          overview.isError && !overview.data ? null : (
            <LeasesAnswer
              overview={overview.data}
              failed={failed.data?.total ?? 0}
              asking={asking ?? 0}
              filters={filters}
            />
          )
        }
      />
      <BrakeNote />
      <SectionTabs
        label="Parts of the leases"
        current={view.id}
        tabs={views.map(({ id, label }) => ({
          id,
          label,
          count: countOf(id),
          href: paths.leases(id, leaseQuery(filters)),
        }))}
      />
      {view.id !== WAITING.id && (
        <LeaseToolbar
          filters={filters}
          setFilters={setFilters}
          isPlain={view.id === 'failed'}
        />
      )}
      {view.id === 'next' && (
        <NextDays
          overview={overview.data}
          filters={filters}
          setFilters={setFilters}
        />
      )}
      {view.id === 'sleeps' && (
        <SleepCalendar filters={filters} setFilters={setFilters} />
      )}
      {view.id === 'what-if' && <WhatIf filters={filters} />}
      {view.id === 'kept' && <Kept filters={filters} />}
      {view.id === 'more-time' && <MoreTimeList filters={filters} />}
      {view.id === 'failed' && (
        <>
          <FailedTeardowns
            teardowns={failed}
            empty="Every teardown got through."
          />
          <FailingChecks
            query={{ scope: filters.scope, search: filters.search }}
            empty="No teardown that was checked would fail."
          />
        </>
      )}
      {view.id === WAITING.id && (
        <Waiting filters={filters} setFilters={setFilters} />
      )}
    </PageFrame>
  );
}
