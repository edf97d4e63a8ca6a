import { Link, Skeleton } from '@backstage/ui';
import { entityName } from '../entity/names';
import { usePaths } from '../portal/paths';
import { EnvironmentStateBadge } from '../state/EnvironmentStateBadge';
import { ExtendButton } from './ExtendButton';
import { LeaseRow } from './LeasesTable';
import { LeaseTimeLeft } from './LeaseTimeLeft';
import { nextStep, whyThen } from './nextStep';
import listStyles from '../list/list.module.css';
import styles from './leaseFleet.module.css';

/** The list on a phone. */
export function LeasesItems(props: {
  rows: readonly LeaseRow[];
  loading: boolean;
}) {
  const paths = usePaths();
  if (props.loading) {
    return (
      <ul className={listStyles.items} aria-label="Leases" aria-busy>
        {Array.from({ length: 6 }, (_, index) => (
          <li key={index} className={listStyles.item}>
            <Skeleton width="100%" height={80} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ul className={listStyles.items} aria-label="Leases">
      {props.rows.map(lease => (
        <li key={lease.id} className={listStyles.item}>
          <div className={listStyles.itemHead}>
            <Link
              href={paths.environment({
                id: lease.id,
                name: lease.environmentName,
                state: lease.state,
              })}
              standalone
              variant="body-large"
              weight="bold"
              className={listStyles.itemName}
            >
              {lease.environmentName}
            </Link>
            <EnvironmentStateBadge
              environment={{ state: lease.state, lease }}
            />
          </div>
          <div className={styles.quiet}>
            {entityName(lease.owner)} · {nextStep(lease)}: {whyThen(lease)}
          </div>
          <div className={styles.itemFoot}>
            <LeaseTimeLeft lease={lease} inLine />
            <ExtendButton lease={lease} />
          </div>
        </li>
      ))}
    </ul>
  );
}
