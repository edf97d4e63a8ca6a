import { Link } from '@backstage/ui';
import { entityName } from '../entity/names';
import { ListItems } from '../list/ListItems';
import { ListSelection } from '../list/ListTable';
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
  selection: ListSelection;
}) {
  const paths = usePaths();
  return (
    <ListItems
      label="Leases"
      height={80}
      nameOf={({ environmentName }) => environmentName}
      {...props}
    >
      {lease => (
        <>
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
        </>
      )}
    </ListItems>
  );
}
