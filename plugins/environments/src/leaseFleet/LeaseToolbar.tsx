import { useBlueprints } from '../data/queries';
import { FilterSelect } from '../list/FilterSelect';
import { OwnerFilter } from '../list/OwnerFilter';
import { optionsOf } from '../list/options';
import { ListToolbar } from '../list/ListToolbar';
import { changeLeaseFilters, countLeaseFilters, LeaseFilters } from './filters';
import { SetLeaseFilters } from './useLeaseFilters';

/** Whose leases the page is about; the same for all of its parts. */
export function LeaseToolbar(props: {
  filters: LeaseFilters;
  setFilters: SetLeaseFilters;
  /** What is shown is told apart by whose it is and by its name alone. */
  isPlain?: boolean;
}) {
  const { filters, setFilters, isPlain } = props;
  const blueprints = useBlueprints();
  const change = (part: Parameters<typeof changeLeaseFilters>[1]) =>
    setFilters(changeLeaseFilters(filters, part));
  const known = blueprints.data ?? [];
  return (
    <ListToolbar
      label="Leases"
      scope={filters.scope}
      search={filters.search}
      onScope={scope => change({ scope })}
      onSearch={search =>
        setFilters(changeLeaseFilters(filters, { search }), { replace: true })
      }
      set={countLeaseFilters(filters)}
    >
      {!isPlain && (
        <>
          <FilterSelect
            name="Blueprint"
            searchable
            options={optionsOf(
              known.map(({ name }) => name),
              filters.blueprint,
            )}
            selected={filters.blueprint}
            onChange={blueprint => change({ blueprint })}
          />
          <FilterSelect
            name="Type"
            options={optionsOf(
              known.map(({ type }) => type),
              filters.type,
            )}
            selected={filters.type}
            onChange={type => change({ type })}
          />
          <OwnerFilter
            selected={filters.owner}
            rows={[]}
            onChange={owner => change({ owner })}
          />
        </>
      )}
    </ListToolbar>
  );
}
