import {
  EnvironmentCounts,
  EnvironmentSummary,
} from '@greenroom/plugin-environments-common';
import { ListToolbar } from '../list/ListToolbar';
import { changeFilters, countFilters, Filters } from './filters';
import { FilterSelects } from './FilterSelects';
import { SetFilters } from './useFilters';

export function Toolbar(props: {
  filters: Filters;
  setFilters: SetFilters;
  counts?: EnvironmentCounts;
  rows: readonly EnvironmentSummary[];
}) {
  const { filters, setFilters, counts, rows } = props;
  return (
    <ListToolbar
      label="Environments"
      scope={filters.scope}
      counts={counts ?? {}}
      search={filters.search}
      onScope={scope => setFilters(changeFilters(filters, { scope }))}
      onSearch={search =>
        setFilters(changeFilters(filters, { search }), { replace: true })
      }
      set={countFilters(filters)}
    >
      <FilterSelects filters={filters} rows={rows} onChange={setFilters} />
    </ListToolbar>
  );
}
