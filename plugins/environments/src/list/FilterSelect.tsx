import { Select } from '@backstage/ui';
import styles from './list.module.css';

/** A choice of several values that carries its name inside: `State any`. */
export function FilterSelect<T extends string>(props: {
  name: string;
  options: { id: T; label: string }[];
  selected: T[];
  searchable?: boolean;
  onChange: (selected: T[]) => void;
}) {
  return (
    <Select
      aria-label={props.name}
      className={styles.filter}
      icon={<span className={styles.filterName} data-name={props.name} />}
      placeholder="any"
      selectionMode="multiple"
      searchable={props.searchable}
      searchPlaceholder={`Search ${props.name.toLowerCase()}`}
      options={props.options}
      value={props.selected}
      onChange={keys => props.onChange(keys.map(String) as T[])}
    />
  );
}
