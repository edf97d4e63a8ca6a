import { Link, Skeleton } from '@backstage/ui';
import { LeaseOverview } from '@greenroom/plugin-environments-common';
import { Fragment } from 'react';
import { usePaths } from '../portal/paths';
import { LeaseFilters, leaseQuery } from './filters';
import { fallingDue } from './overview';

/** What people came for: what ends when, what is kept from it, and what resists. */
export function LeasesAnswer(props: {
  overview?: LeaseOverview;
  /** Teardowns that did not get through. */
  failed: number;
  /** Requests for more time that wait. */
  asking: number;
  filters: LeaseFilters;
}) {
  const { overview, failed, asking, filters } = props;
  const paths = usePaths();
  if (!overview) return <Skeleton width={360} height={20} />;

  const today = fallingDue(overview.days.slice(0, 1));
  const week = fallingDue(overview.days.slice(0, 7));
  const facts = [
    {
      count: week,
      text: `${week} within 7 days`,
      href: paths.leases(undefined, leaseQuery(filters, { days: 7 })),
    },
    {
      count: overview.grace,
      text: `${overview.grace} paused until ${overview.grace === 1 ? 'its' : 'their'} end`,
      href: paths.leases(undefined, leaseQuery(filters, { grace: true })),
    },
    {
      count: overview.held,
      text: `${overview.held} held`,
      href: paths.leases('kept', leaseQuery(filters)),
    },
    {
      count: overview.protected,
      text: `${overview.protected} protected`,
      href: paths.leases('kept', leaseQuery(filters)),
    },
    {
      count: asking,
      text: `${asking} ${asking === 1 ? 'asks' : 'ask'} for more time`,
      href: paths.leases('more-time', leaseQuery(filters)),
    },
    {
      count: failed,
      text: `${failed} could not be torn down`,
      href: paths.leases('failed', leaseQuery(filters)),
    },
  ].filter(({ count }) => count > 0);

  return (
    <>
      {today === 0 ? (
        'Nothing ends today'
      ) : (
        <Link
          weight="bold"
          href={paths.leases(undefined, leaseQuery(filters, { days: 1 }))}
        >
          {today} {today === 1 ? 'ends' : 'end'} today
        </Link>
      )}
      {facts.map(({ text, href }) => (
        <Fragment key={text}>
          , <Link href={href}>{text}</Link>
        </Fragment>
      ))}
      .
    </>
  );
}
