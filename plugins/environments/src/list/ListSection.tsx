import { Skeleton } from '@backstage/ui';
import { Page } from '@greenroom/plugin-environments-common';
import { ReactNode } from 'react';
import { Failure } from '../feedback/Failure';
import { StaleNote } from '../feedback/StaleNote';
import styles from './list.module.css';

/** What a query has come to, as far as a section goes by it. */
export interface SectionAnswer<T> {
  data?: Page<T>;
  error: unknown;
  refetch: () => void;
}

/** One list of several on a page, or what is said in its place. */
export function ListSection<T>(props: {
  heading: string;
  /** To begin a sentence with when it fails: `The orphans could not be read` */
  what: string;
  list: SectionAnswer<T>;
  /** Of the skeleton, in pixels. */
  height: number;
  /** Where there are none; absent: there is no section then. */
  empty?: ReactNode;
  className?: string;
  children: (page: Page<T>) => ReactNode;
}) {
  const { heading, what, list, height, empty, className, children } = props;
  const { data, error, refetch } = list;
  if (!data) {
    return error ? (
      <Failure error={error} what={what} onRetry={refetch} />
    ) : (
      <Skeleton width="100%" height={height} />
    );
  }
  const isEmpty = data.items.length === 0;
  if (isEmpty && empty === undefined) return null;
  return (
    <section className={`${styles.section} ${className ?? ''}`}>
      <h3 className={styles.heading}>{heading}</h3>
      <StaleNote error={error} what={what} onRetry={refetch} />
      {isEmpty ? <p className={styles.quiet}>{empty}</p> : children(data)}
    </section>
  );
}

/** Says that a list which has no pages has more than it shows. */
export function MoreNote({ page }: { page: Page<unknown> }) {
  const more = page.total - page.items.length;
  if (more <= 0) return null;
  return (
    <p className={styles.remark}>{more} more: narrow them down by search.</p>
  );
}
