import {
  Cell,
  Column,
  Row,
  Skeleton,
  SortDescriptor,
  TableBody,
  TableHeader,
  TableRoot,
  VisuallyHidden,
} from '@backstage/ui';
import { ReactElement } from 'react';
import styles from './list.module.css';

/** As many as fill the first look; rows that come later are below the fold. */
const SKELETON_ROWS = Array.from({ length: 12 }, (_, index) => ({
  id: `skeleton-${index}`,
}));

export interface ListColumn {
  id: string;
  label: string;
  width?: string;
  sort?: boolean;
}

export interface ListSelection {
  keys: Set<string>;
  onChange: (keys: 'all' | Iterable<string | number>) => void;
}

/** The rows of one page of a list, or what stands in their place while they load. */
export function ListTable<T extends object>(props: {
  label: string;
  /** The first one names its row. */
  columns: readonly ListColumn[];
  rows: readonly T[];
  loading: boolean;
  sortDescriptor?: SortDescriptor;
  onSortChange?: (sort: SortDescriptor) => void;
  /** Which rows are selected; absent: none can be. */
  selection?: ListSelection;
  children: (row: T) => ReactElement;
}) {
  const { label, columns, rows, loading, selection, children } = props;
  return (
    <TableRoot
      aria-label={label}
      aria-busy={loading}
      sortDescriptor={props.sortDescriptor}
      onSortChange={props.onSortChange}
      {...(selection && {
        selectionMode: 'multiple',
        selectionBehavior: 'toggle',
        selectedKeys: loading ? [] : selection.keys,
        onSelectionChange: keys => !loading && selection.onChange(keys),
      })}
    >
      <TableHeader>
        {columns.map((column, index) => (
          <Column
            key={column.id}
            id={column.id}
            isRowHeader={index === 0}
            allowsSorting={column.sort}
            style={{ width: column.width }}
          >
            {column.label}
          </Column>
        ))}
      </TableHeader>
      {loading ? (
        <TableBody items={SKELETON_ROWS}>
          {({ id }) => (
            <Row id={id} className={styles.row}>
              {columns.map((column, index) => (
                <Cell key={column.id}>
                  {index === 0 && <VisuallyHidden>Loading</VisuallyHidden>}
                  <Skeleton width="70%" height={16} />
                </Cell>
              ))}
            </Row>
          )}
        </TableBody>
      ) : (
        <TableBody items={rows}>{children}</TableBody>
      )}
    </TableRoot>
  );
}
