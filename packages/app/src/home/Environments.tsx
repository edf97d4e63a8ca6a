import { useApi } from '@backstage/frontend-plugin-api';
import { Link, Skeleton } from '@backstage/ui';
import {
  environmentsApiRef,
  EnvironmentStateBadge,
  TimeLeft,
} from '@greenroom/plugin-environments';
import {
  EnvironmentSummary,
  ListEnvironmentsQuery,
} from '@greenroom/plugin-environments-common';
import { useQuery } from '@tanstack/react-query';
import { REFRESH_MS } from './refresh';
import styles from './home.module.css';

const SHOWN = 5;

/** The first few environments of a query, and the way to all of them. */
export function Environments(props: {
  title: string;
  query: ListEnvironmentsQuery;
  empty: string;
  environments: string;
  all: string;
}) {
  const { title, query, empty, environments, all } = props;
  const api = useApi(environmentsApiRef);
  const { data, error } = useQuery({
    queryKey: ['environments', query],
    queryFn: ({ signal }) =>
      api.listEnvironments({ ...query, limit: SHOWN }, { signal }),
    refetchInterval: REFRESH_MS,
  });
  return (
    <section className={styles.card}>
      <div className={styles.cardHead}>
        <h3 className={styles.cardTitle}>{title}</h3>
        {data && data.total > SHOWN && (
          <Link href={`${environments}${all}`}>All {data.total}</Link>
        )}
      </div>
      {data?.items.length === 0 && <p className={styles.quiet}>{empty}</p>}
      {error && !data && (
        <p>The environments could not be read: {error.message}</p>
      )}
      {!data && !error && <Skeleton width="100%" height={40} />}
      <ul className={styles.rows}>
        {data?.items.map(environment => (
          <Row
            key={environment.id}
            environment={environment}
            href={`${environments}/e/${encodeURIComponent(environment.name)}`}
          />
        ))}
      </ul>
    </section>
  );
}

function Row(props: { environment: EnvironmentSummary; href: string }) {
  const { environment, href } = props;
  const { name, blueprint } = environment;
  return (
    <li className={styles.row}>
      <Link href={href} standalone weight="bold">
        {name}
      </Link>
      <span className={styles.quiet}>
        {blueprint.name} {blueprint.version}
      </span>
      <EnvironmentStateBadge environment={environment} />
      <span className={styles.ends}>
        <TimeLeft environment={environment} inLine />
      </span>
    </li>
  );
}
