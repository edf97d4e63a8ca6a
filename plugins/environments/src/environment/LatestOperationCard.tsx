import { Link } from '@backstage/ui';
import { Environment } from '@greenroom/plugin-environments-common';
import { isOperationUnfinished } from '../data/pace';
import { OperationState } from '../operation/OperationState';
import { LogTail } from '../log/LogTail';
import { operationTitle, planText } from '../operation/words';
import { whyText } from '../operations/whyText';
import { Card } from '../portal/Card';
import { usePaths } from '../portal/paths';
import { Moment } from '../time/Moment';
import styles from './environment.module.css';

/** What happened last, or what is happening now with the end of its log. */
export function LatestOperationCard(props: { environment: Environment }) {
  const { environment } = props;
  const operation = environment.activeOperation ?? environment.latestOperation;
  const paths = usePaths();
  return (
    <Card
      title="Latest operation"
      aside={
        <Moment at={operation.finishedAt ?? operation.requestedAt} inWords />
      }
    >
      <div className={styles.latest}>
        <OperationState operation={operation} />
        <span>
          <Link href={paths.operation(environment, operation)}>
            {operationTitle(operation)}
          </Link>{' '}
          <span className={styles.quiet}>{whyText(operation)}</span>
        </span>
        {operation.problem && (
          <span className={styles.problem}>{operation.problem.message}</span>
        )}
        {operation.plan && (
          <span className={styles.quiet}>Plan {planText(operation.plan)}</span>
        )}
      </div>
      {isOperationUnfinished(operation.state) && (
        <LogTail key={operation.id} operationId={operation.id} />
      )}
    </Card>
  );
}
