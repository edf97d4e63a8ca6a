import {
  EnvironmentCounts,
  EnvironmentSummary,
} from '@greenroom/plugin-environments-common';
import { PhoneFilters } from '../list/PhoneFilters';
import { ScopeToggle } from '../list/ScopeToggle';
import { SearchBox } from '../list/SearchBox';
import styles from '../list/list.module.css';
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
    <div className={styles.toolbar} role="search" aria-label="Environments">
      <ScopeToggle
        label="Whose environments"
        scope={filters.scope}
        counts={counts ?? {}}
        onChange={scope => setFilters(changeFilters(filters, { scope }))}
      />
      <SearchBox
        label="Search environments"
        value={filters.search}
        onChange={search =>
          setFilters(changeFilters(filters, { search }), { replace: true })
        }
      />
      <PhoneFilters set={countFilters(filters)}>
        <FilterSelects filters={filters} rows={rows} onChange={setFilters} />
      </PhoneFilters>
    </div>
  );
}
