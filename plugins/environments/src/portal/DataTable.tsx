import { ReactNode } from 'react';
import { keyboardScrollable } from './keyboardScrollable';
import styles from './table.module.css';

/** A small table that is read, not worked with: no sorting, no paging, no selection. */
export function DataTable(props: {
  label: string;
  columns: string[];
  children: ReactNode;
}) {
  return (
    <div
      className={styles.scroll}
      role="region"
      aria-label={props.label}
      {...keyboardScrollable}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            {props.columns.map(column => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{props.children}</tbody>
      </table>
    </div>
  );
}
