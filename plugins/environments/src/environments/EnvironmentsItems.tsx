import { Link } from '@backstage/ui';
import { EnvironmentSummary } from '@greenroom/plugin-environments-common';
import { presentCost } from '../cost/words';
import { entityName } from '../entity/names';
import { ListItems } from '../list/ListItems';
import { ListSelection } from '../list/ListTable';
import { usePaths } from '../portal/paths';
import { EnvironmentStateBadge } from '../state/EnvironmentStateBadge';
import { TimeLeft } from '../time/TimeLeft';
import styles from '../list/list.module.css';

/** The list on a phone: three lines each. */
export function EnvironmentsItems(props: {
  rows: readonly EnvironmentSummary[];
  loading: boolean;
  selection?: ListSelection;
}) {
  const paths = usePaths();
  return (
    <ListItems
      label="Environments"
      height={60}
      nameOf={({ name }) => name}
      {...props}
    >
      {environment => (
        <>
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
          <div className={`${styles.itemFacts} ${styles.quiet}`}>
            <span className={styles.clip}>
              {environment.blueprint.name} {environment.blueprint.version} ·{' '}
              {entityName(environment.owner)}
            </span>
            <Cost environment={environment} />
          </div>
          <TimeLeft environment={environment} inLine />
        </>
      )}
    </ListItems>
  );
}

function Cost({ environment }: { environment: EnvironmentSummary }) {
  const perDay = presentCost(environment);
  return perDay && <span>{perDay} a day</span>;
}
