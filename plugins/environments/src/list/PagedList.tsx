import { Page } from '@greenroom/plugin-environments-common';
import { HTMLAttributes, ReactNode } from 'react';
import { Failure } from '../feedback/Failure';
import { StaleNote } from '../feedback/StaleNote';
import { PagePlace } from './page';
import { Pager } from './Pager';
import styles from './list.module.css';

/** What a query has come to, as far as a list goes by it. */
export interface ListAnswer {
  data?: Page<unknown>;
  error: unknown;
  isPlaceholderData?: boolean;
  refetch: () => void;
}

/** One page of a list, or what is said in its place, and the way to its other pages. */
export function PagedList(props: {
  /** To begin a sentence with when it fails: `The leases could not be read` */
  what: string;
  list: ListAnswer;
  place: PagePlace;
  onPlace: (place: PagePlace) => void;
  /** In place of no rows at all. */
  empty: ReactNode;
  /** Keeps rows in their places while somebody points at them. */
  hold?: HTMLAttributes<HTMLDivElement>;
  className?: string;
  /** The rows, or their skeletons. */
  children: ReactNode;
}) {
  const { what, list, place, onPlace, empty, hold, className } = props;
  const { data, error, refetch } = list;
  if (error && !data) {
    return <Failure error={error} what={what} onRetry={refetch} />;
  }
  if (data?.items.length === 0) {
    return (
      <>
        <StaleNote error={error} what={what} onRetry={refetch} />
        {empty}
      </>
    );
  }
  const classes = [
    styles.table,
    className,
    list.isPlaceholderData && styles.pending,
  ];
  return (
    <>
      <StaleNote error={error} what={what} onRetry={refetch} />
      <div {...hold} className={classes.filter(Boolean).join(' ')}>
        {props.children}
      </div>
      {data && (
        <Pager
          place={place}
          shown={data.items.length}
          total={data.total}
          nextCursor={data.nextCursor}
          onChange={onPlace}
        />
      )}
    </>
  );
}
