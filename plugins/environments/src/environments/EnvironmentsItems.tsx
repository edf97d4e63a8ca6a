import { Link, Skeleton } from '@backstage/ui';
import { EnvironmentSummary } from '@greenroom/plugin-environments-common';
import { entityName } from '../entity/names';
import { usePaths } from '../portal/paths';
import { EnvironmentStateBadge } from '../state/EnvironmentStateBadge';
import { TimeLeft } from '../time/TimeLeft';
import styles from '../list/list.module.css';

/** The list on a phone: three lines each. */
export function EnvironmentsItems(props: {
  rows: readonly EnvironmentSummary[];
  loading: boolean;
}) {
  const paths = usePaths();
  if (props.loading) {
    return (
      <ul className={styles.items} aria-label="Environments" aria-busy>
        {Array.from({ length: 6 }, (_, index) => (
          <li key={index} className={styles.item}>
            <Skeleton width="100%" height={60} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ul className={styles.items} aria-label="Environments">
      {props.rows.map(environment => (
        <li key={environment.id} className={styles.item}>
          <div className={styles.itemHead}>
            <Link
              href={paths.environment(environment)}
              standalone
              variant="body-large"
              weight="bold"
              className={styles.itemName}
            >
              {environment.name}
            </Link>
            <EnvironmentStateBadge environment={environment} />
          </div>
          <div className={`${styles.clip} ${styles.quiet}`}>
            {environment.blueprint.name} {environment.blueprint.version} ·{' '}
            {entityName(environment.owner)}
          </div>
          <TimeLeft environment={environment} inLine />
        </li>
      ))}
    </ul>
  );
}
