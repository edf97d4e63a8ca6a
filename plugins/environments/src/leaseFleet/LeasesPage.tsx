import { useParams } from 'react-router-dom';
import { useFailedTeardowns } from '../data/recordQueries';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { SectionTabs } from '../portal/SectionTabs';
import { BrakeNote } from './BrakeNote';
import { leaseQuery, toSelection } from './filters';
import { Kept } from './Kept';
import { LeasesAnswer } from './LeasesAnswer';
import { LeaseToolbar } from './LeaseToolbar';
import { NextDays } from './NextDays';
import { useLeaseOverview } from './queries';
import { useLeaseFilters } from './useLeaseFilters';

const VIEWS = [
  { id: 'next', label: 'Next days' },
  { id: 'kept', label: 'Held and protected' },
] as const;

/** When environments end, over the whole fleet, and what is kept from it. */
export function LeasesPage() {
  const paths = usePaths();
  const { view: asked } = useParams();
  const view = VIEWS.find(({ id }) => id === asked) ?? VIEWS[0];
  const { filters, setFilters } = useLeaseFilters();
  const overview = useLeaseOverview(toSelection(filters));
  const failed = useFailedTeardowns({ scope: filters.scope, limit: 1 });

  return (
    <PageFrame title="Leases" tab="leases">
      <PageTitle
        title="Leases"
        answer={
          overview.isError && !overview.data ? null : (
            <LeasesAnswer
              overview={overview.data}
              failed={failed.data?.total ?? 0}
              filters={filters}
            />
          )
        }
      />
      <BrakeNote />
      <SectionTabs
        label="Parts of the leases"
        current={view.id}
        tabs={VIEWS.map(({ id, label }) => ({
          id,
          label,
          href: paths.leases(id, leaseQuery(filters)),
        }))}
      />
      <LeaseToolbar filters={filters} setFilters={setFilters} />
      {view.id === 'next' && (
        <NextDays
          overview={overview.data}
          filters={filters}
          setFilters={setFilters}
        />
      )}
      {view.id === 'kept' && <Kept filters={filters} />}
    </PageFrame>
  );
}
