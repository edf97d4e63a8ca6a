import { Link } from '@backstage/ui';
import { OperationSummary } from '@greenroom/plugin-environments-common';
import { ListItems } from '../list/ListItems';
import { operationTitle, planText } from '../operation/words';
import { usePaths } from '../portal/paths';
import { StateBadge } from '../state/StateBadge';
import { OPERATION_VIEWS } from '../state/states';
import { Elapsed } from '../time/Elapsed';
import { Moment } from '../time/Moment';
import { whyText } from './whyText';
import styles from '../list/list.module.css';

/** Operations on a phone: three lines each. */
export function OperationsItems(props: {
  rows: readonly OperationSummary[];
  loading: boolean;
}) {
  const paths = usePaths();
  return (
    <ListItems
      label="Operations"
      height={60}
      nameOf={operationTitle}
      {...props}
    >
      {operation => (
        <>
          <div className={styles.itemHead}>
            <Link
              href={paths.operationOf(operation)}
              standalone
              weight="bold"
              className={styles.itemName}
            >
              {operationTitle(operation)} of {operation.environmentName}
            </Link>
            <StateBadge view={OPERATION_VIEWS[operation.state]} />
          </div>
          <div className={styles.quiet}>{whyText(operation)}</div>
          <div>
            <Moment at={operation.requestedAt} inWords />
            {operation.startedAt && (
              <>
                {' '}
                ·{' '}
                <Elapsed from={operation.startedAt} to={operation.finishedAt} />
              </>
            )}
            {operation.plan && ` · ${planText(operation.plan)}`}
          </div>
        </>
      )}
    </ListItems>
  );
}
