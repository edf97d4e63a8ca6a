import { useBlueprints } from '../data/queries';
import { FilterSelect } from '../list/FilterSelect';
import { PhoneFilters } from '../list/PhoneFilters';
import { ScopeToggle } from '../list/ScopeToggle';
import { SearchBox } from '../list/SearchBox';
import { useOwnerOptions } from '../list/useOwnerOptions';
import { changeLeaseFilters, countLeaseFilters, LeaseFilters } from './filters';
import { SetLeaseFilters } from './useLeaseFilters';
import styles from '../list/list.module.css';

/** Whose leases the page is about; the same for all of its parts. */
export function LeaseToolbar(props: {
  filters: LeaseFilters;
  setFilters: SetLeaseFilters;
}) {
  const { filters, setFilters } = props;
  const blueprints = useBlueprints();
  const owners = useOwnerOptions(filters.owner, []);
  const change = (part: Parameters<typeof changeLeaseFilters>[1]) =>
    setFilters(changeLeaseFilters(filters, part));
  const known = blueprints.data ?? [];
  return (
    <div className={styles.toolbar} role="search" aria-label="Leases">
      <ScopeToggle
        label="Whose leases"
        scope={filters.scope}
        onChange={scope => change({ scope })}
      />
      <SearchBox
        label="Search leases"
        value={filters.search}
        onChange={search =>
          setFilters(changeLeaseFilters(filters, { search }), { replace: true })
        }
      />
      <PhoneFilters set={countLeaseFilters(filters)}>
        <FilterSelect
          name="Blueprint"
          searchable
          options={options([
            ...known.map(({ name }) => name),
            ...filters.blueprint,
          ])}
          selected={filters.blueprint}
          onChange={blueprint => change({ blueprint })}
        />
        <FilterSelect
          name="Type"
          options={options([...known.map(({ type }) => type), ...filters.type])}
          selected={filters.type}
          onChange={type => change({ type })}
        />
        <FilterSelect
          name="Owner"
          searchable
          options={owners}
          selected={filters.owner}
          onChange={owner => change({ owner })}
        />
      </PhoneFilters>
    </div>
  );
}

function options(values: string[]): { id: string; label: string }[] {
  return [...new Set(values)].map(value => ({ id: value, label: value }));
}
