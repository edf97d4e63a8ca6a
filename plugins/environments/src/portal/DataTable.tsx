import { CSSProperties, ReactNode } from 'react';
import { keyboardScrollable } from './keyboardScrollable';
import styles from './table.module.css';

/** A small table that is read, not worked with: no sorting, no paging, no selection. */
export function DataTable(props: {
  label: string;
  columns: string[];
  /** On a phone each row becomes a card, its cells one below the other with their columns' names. */
  stacks?: boolean;
  children: ReactNode;
}) {
  const { columns, stacks } = props;
  return (
    <div
      className={styles.scroll}
      role="region"
      aria-label={props.label}
      {...keyboardScrollable}
    >
      <table
        className={`${styles.table} ${stacks ? styles.stacks : ''}`}
        style={stacks ? namesOf(columns) : undefined}
      >
        <thead>
          <tr>
            {columns.map(column => (
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

/** For the style sheet to write before each cell: `--column-2: "Owner"`. */
function namesOf(columns: string[]): CSSProperties {
  return Object.fromEntries(
    columns.map((column, index) => [
      `--column-${index + 1}`,
      JSON.stringify(column),
    ]),
  );
}
