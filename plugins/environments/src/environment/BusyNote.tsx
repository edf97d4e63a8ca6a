import { Link } from '@backstage/ui';
import {
  Environment,
  OperationSummary,
} from '@greenroom/plugin-environments-common';
import { OperationState } from '../operation/OperationState';
import { operationTitle } from '../operation/words';
import { Card } from '../portal/Card';
import { usePaths } from '../portal/paths';
import styles from './environment.module.css';

/** What has the environment now: nothing else begins before it has ended. */
export function BusyNote(props: {
  environment: Environment;
  operation: OperationSummary;
}) {
  const { environment, operation } = props;
  const paths = usePaths();
  return (
    <Card className={styles.busy}>
      <Link href={paths.operation(environment, operation)}>
        {operationTitle(operation)}
      </Link>
      <OperationState operation={operation} />
      <span className={styles.quiet}>
        {operation.state === 'waiting'
          ? 'Its plan waits for a word; nothing else begins before.'
          : 'Other changes can be queued behind it.'}
      </span>
    </Card>
  );
}
