import { Checkbox, Skeleton } from '@backstage/ui';
import { ReactNode } from 'react';
import { ListSelection } from './ListTable';
import styles from './list.module.css';

const SKELETONS = Array.from({ length: 6 }, (_, index) => index);

/** The rows of one page of a list on a phone, a few lines each. */
export function ListItems<T extends { id: string }>(props: {
  label: string;
  rows: readonly T[];
  loading: boolean;
  /** How high one is, in pixels. */
  height: number;
  /** Which are selected; absent: none can be. */
  selection?: ListSelection;
  nameOf: (row: T) => string;
  children: (row: T) => ReactNode;
}) {
  const { label, rows, loading, height, selection, nameOf, children } = props;
  return (
    <ul className={styles.items} aria-label={label} aria-busy={loading}>
      {loading
        ? SKELETONS.map(index => (
            <li key={index} className={styles.item}>
              <Skeleton width="100%" height={height} />
            </li>
          ))
        : rows.map(row => (
            <li
              key={row.id}
              className={`${styles.item} ${selection ? styles.selectable : ''}`}
            >
              {selection && (
                <Checkbox
                  aria-label={`Select ${nameOf(row)}`}
                  className={styles.box}
                  isSelected={selection.keys.has(row.id)}
                  onChange={isSelected =>
                    selection.onChange(
                      toggled(selection.keys, row.id, isSelected),
                    )
                  }
                />
              )}
              <div className={styles.itemBody}>{children(row)}</div>
            </li>
          ))}
    </ul>
  );
}

function toggled(keys: Set<string>, id: string, isSelected: boolean) {
  const next = new Set(keys);
  if (isSelected) next.add(id);
  else next.delete(id);
  return next;
}
