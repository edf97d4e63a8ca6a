import {
  EnvironmentCounts,
  EnvironmentScope,
} from '@greenroom/plugin-environments-common';
import { ReactNode } from 'react';
import { PhoneFilters } from './PhoneFilters';
import { ScopeToggle } from './ScopeToggle';
import { SearchBox } from './SearchBox';
import styles from './list.module.css';

/** Whose things a list shows, which of them by their names, and further filters. */
export function ListToolbar(props: {
  /** What is listed, in the plural: `Environments`. */
  label: string;
  /** What is searched; the same as is listed when absent. */
  searchLabel?: string;
  scope: EnvironmentScope;
  /** Absent in lists that don't count; an empty object while counts are read. */
  counts?: Partial<EnvironmentCounts>;
  search: string;
  onScope: (scope: EnvironmentScope) => void;
  onSearch: (search: string) => void;
  /** How many filters are set. */
  set?: number;
  children?: ReactNode;
}) {
  const { label, scope, counts, search, onScope, onSearch } = props;
  const { set = 0, children } = props;
  const things = label.toLowerCase();
  return (
    <div className={styles.toolbar} role="search" aria-label={label}>
      <ScopeToggle
        label={`Whose ${things}`}
        scope={scope}
        counts={counts}
        onChange={onScope}
      />
      <SearchBox
        label={props.searchLabel ?? `Search ${things}`}
        value={search}
        onChange={onSearch}
      />
      {children && <PhoneFilters set={set}>{children}</PhoneFilters>}
    </div>
  );
}
