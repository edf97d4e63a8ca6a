import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { ORPHAN_STATES } from '@greenroom/plugin-environments-common';
import { useFailedTeardowns, useOrphans } from '../data/recordQueries';
import { FilterSelect } from '../list/FilterSelect';
import { OwnerFilter } from '../list/OwnerFilter';
import { PAGE_SIZE } from '../list/page';
import { ListToolbar } from '../list/ListToolbar';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { ORPHAN_VIEWS } from '../state/states';
import { FailedTeardowns } from './FailedTeardowns';
import {
  changeOrphanFilters,
  OrphanFilters,
  readOrphanFilters,
  toOrphansQuery,
  writeOrphanFilters,
} from './filters';
import { FailingChecks } from './FailingChecks';
import { OrphansAnswer } from './OrphansAnswer';
import { OrphansList } from './OrphansList';

/** What should be gone and is not: whose, since when, and what is tried next. */
export function OrphansPage() {
  const [parameters, setParameters] = useSearchParams();
  const filters = useMemo(() => readOrphanFilters(parameters), [parameters]);
  const orphans = useOrphans(toOrphansQuery(filters));
  const teardowns = useFailedTeardowns({
    scope: filters.scope,
    search: filters.search,
    limit: PAGE_SIZE,
  });
  const setFilters = (next: OrphanFilters, options?: { replace: boolean }) =>
    setParameters(writeOrphanFilters(next), options);
  const change = (
    part: Parameters<typeof changeOrphanFilters>[1],
    options?: { replace: boolean },
  ) => setFilters(changeOrphanFilters(filters, part), options);

  return (
    <PageFrame title="Orphans" tab="orphans">
      <PageTitle
        title="Orphans"
        answer={
          <OrphansAnswer teardowns={teardowns.data} orphans={orphans.data} />
        }
      />
      <ListToolbar
        label="Orphans"
        scope={filters.scope}
        search={filters.search}
        onScope={scope => change({ scope })}
        onSearch={search => change({ search }, { replace: true })}
        set={
          [filters.state, filters.owner].filter(({ length }) => length > 0)
            .length
        }
      >
        <FilterSelect
          name="State"
          options={ORPHAN_STATES.map(state => ({
            id: state,
            label: ORPHAN_VIEWS[state].word,
          }))}
          selected={filters.state}
          onChange={state => change({ state })}
        />
        <OwnerFilter
          selected={filters.owner}
          rows={orphans.data?.items ?? []}
          onChange={owner => change({ owner })}
        />
      </ListToolbar>
      <FailedTeardowns teardowns={teardowns} />
      <FailingChecks query={{ scope: filters.scope, search: filters.search }} />
      <OrphansList
        orphans={orphans}
        filters={filters}
        setFilters={setFilters}
        trying={(teardowns.data?.total ?? 0) > 0}
      />
    </PageFrame>
  );
}
