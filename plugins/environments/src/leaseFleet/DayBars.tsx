import { Link, Skeleton, VisuallyHidden } from '@backstage/ui';
import { LeaseDay, LeaseOverview } from '@greenroom/plugin-environments-common';
import { DateTime } from 'luxon';
import { CSSProperties } from 'react';
import { usePaths } from '../portal/paths';
import { DAYS_AHEAD, LeaseFilters, leaseQuery } from './filters';
import { dayText, fallingDue } from './overview';
import styles from './leaseFleet.module.css';

/** How many end on each of the next days; a day leads to what ends on it. */
export function DayBars(props: {
  overview?: LeaseOverview;
  filters: LeaseFilters;
}) {
  const { overview, filters } = props;
  if (!overview) return <Skeleton width="100%" height={124} />;
  const most = Math.max(1, ...overview.days.map(day => fallingDue([day])));
  const hasPauses = overview.days.some(({ pauses }) => pauses > 0);
  return (
    <div className={styles.timeline}>
      <ol
        className={styles.days}
        aria-label={`What ends in the next ${DAYS_AHEAD} days`}
      >
        {overview.days.map((day, index) => (
          <Day
            key={day.from}
            day={day}
            isToday={index === 0}
            most={most}
            filters={filters}
          />
        ))}
      </ol>
      {hasPauses && (
        <p className={styles.legend}>
          <span className={`${styles.key} ${styles.destroys}`} /> destroyed
          <span className={`${styles.key} ${styles.pauses}`} /> paused before
          the end
        </p>
      )}
    </div>
  );
}

function Day(props: {
  day: LeaseDay;
  isToday: boolean;
  /** Of any day. */
  most: number;
  filters: LeaseFilters;
}) {
  const { day, isToday, most, filters } = props;
  const paths = usePaths();
  const date = DateTime.fromISO(day.from).setLocale('en-GB');
  const iso = date.toISODate()!;
  const isChosen = filters.day === iso;
  const total = fallingDue([day]);
  const name = isToday ? 'Today' : date.toFormat('ccc');
  return (
    <li className={styles.day}>
      <Link
        standalone
        className={styles.dayLink}
        aria-current={isChosen ? 'date' : undefined}
        href={paths.leases(
          undefined,
          leaseQuery(filters, { day: isChosen ? undefined : iso }),
        )}
      >
        <span className={styles.total} aria-hidden="true">
          {total > 0 ? total : ''}
        </span>
        <span className={styles.column} aria-hidden="true">
          <span className={styles.pauses} style={height(day.pauses, most)} />
          <span
            className={styles.destroys}
            style={height(day.destroys, most)}
          />
        </span>
        <span className={styles.dayName}>{name}</span>
        <span className={styles.date}>{date.toFormat('d LLL')}</span>
        <VisuallyHidden>: {dayText(day)}</VisuallyHidden>
      </Link>
    </li>
  );
}

function height(count: number, most: number): CSSProperties {
  return { height: count === 0 ? 0 : `max(3px, ${(count / most) * 100}%)` };
}
