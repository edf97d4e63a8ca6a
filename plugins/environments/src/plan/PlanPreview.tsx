import { Link, Skeleton } from '@backstage/ui';
import { ReactNode } from 'react';
import { useOperation, useOperationPlan } from '../data/operationQueries';
import { isOperationUnfinished } from '../data/pace';
import { Failure } from '../feedback/Failure';
import { OperationState } from '../operation/OperationState';
import { operationAnswer } from '../operation/words';
import { Card } from '../portal/Card';
import { usePaths } from '../portal/paths';
import { PlanDiff } from './PlanDiff';
import styles from './plan.module.css';

/** What a dry run has found out so far, beside the form that asked for it. */
export function PlanPreview(props: {
  operationId: string;
  /** Stands below how it goes. */
  children?: ReactNode;
}) {
  const { operationId, children } = props;
  const paths = usePaths();
  const operation = useOperation(operationId);
  const plan = useOperationPlan(operation.data);
  if (operation.isError && !operation.data) {
    return (
      <Failure
        error={operation.error}
        what="The plan could not be read"
        onRetry={operation.refetch}
      />
    );
  }
  if (!operation.data) return <Skeleton width="100%" height={160} />;
  const { state, problem } = operation.data;
  return (
    <>
      <Card
        title="Dry run"
        aside={
          <Link href={paths.operationOf(operation.data)}>Steps and log</Link>
        }
        className={styles.preview}
      >
        <div aria-live="polite">
          <OperationState operation={operation.data} />
          <p className={styles.answer}>
            {problem
              ? [problem.message, problem.remedy].filter(Boolean).join(' ')
              : operationAnswer(operation.data)}
          </p>
        </div>
        {children}
      </Card>
      {plan.data && plan.data.components.length > 0 ? (
        <PlanDiff
          plan={plan.data}
          fileName={`${operation.data.environmentName}-plan.json`}
        />
      ) : (
        isOperationUnfinished(state) && <Skeleton width="100%" height={160} />
      )}
    </>
  );
}
