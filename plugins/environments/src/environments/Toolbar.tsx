import { Button, useBreakpoint } from '@backstage/ui';
import {
  EnvironmentCounts,
  EnvironmentSummary,
} from '@greenroom/plugin-environments-common';
import { RiFilter3Line } from '@remixicon/react';
import { useState } from 'react';
import { changeFilters, countFilters, Filters } from './filters';
import { FilterSelects } from './FilterSelects';
import { ScopeToggle } from './ScopeToggle';
import { SearchBox } from './SearchBox';
import { SetFilters } from './useFilters';
import styles from './environments.module.css';

export function Toolbar(props: {
  filters: Filters;
  setFilters: SetFilters;
  counts?: EnvironmentCounts;
  rows: readonly EnvironmentSummary[];
}) {
  const { filters, setFilters, counts, rows } = props;
  const { down } = useBreakpoint();
  const phone = down('md');
  const [open, setOpen] = useState(false);
  const set = countFilters(filters);
  const selects = (
    <FilterSelects filters={filters} rows={rows} onChange={setFilters} />
  );

  return (
    <div className={styles.toolbar} role="search" aria-label="Environments">
      <ScopeToggle
        scope={filters.scope}
        counts={counts}
        onChange={scope => setFilters(changeFilters(filters, { scope }))}
      />
      <SearchBox
        label="Search environments"
        value={filters.search}
        onChange={search =>
          setFilters(changeFilters(filters, { search }), { replace: true })
        }
      />
      {phone ? (
        <>
          <Button
            size="medium"
            variant="secondary"
            iconStart={<RiFilter3Line />}
            aria-expanded={open}
            onPress={() => setOpen(!open)}
          >
            {set > 0 ? `Filters, ${set}` : 'Filters'}
          </Button>
          {open && <div className={styles.filterPanel}>{selects}</div>}
        </>
      ) : (
        selects
      )}
    </div>
  );
}
