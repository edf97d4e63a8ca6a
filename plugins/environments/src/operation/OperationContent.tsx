import { Skeleton } from '@backstage/ui';
import { Environment, Operation } from '@greenroom/plugin-environments-common';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useOperationPlan } from '../data/operationQueries';
import { isOperationUnfinished } from '../data/pace';
import { OpenButtons } from '../environment/OpenButtons';
import { Announce } from '../feedback/Announce';
import { Failure } from '../feedback/Failure';
import { ComponentGraph } from '../graph/ComponentGraph';
import { progressOf } from '../graph/graphNode';
import { Pick } from '../log/LogFilters';
import { LogPanel } from '../log/LogPanel';
import { useOperationLog } from '../log/useOperationLog';
import { ConfirmPanel } from '../moves/ConfirmPanel';
import { OperationActions } from '../moves/OperationActions';
import { PlanDiff } from '../plan/PlanDiff';
import { PageTitle } from '../portal/PageTitle';
import { OPERATION_VIEWS } from '../state/states';
import { TimeLeft } from '../time/TimeLeft';
import { Steps } from '../timeline/Steps';
import { EndReport } from './EndReport';
import { Facts } from './Facts';
import { OperationState } from './OperationState';
import { kindWord, operationAnswer, operationTitle } from './words';
import styles from './operation.module.css';

/** An operation and everything that is known of it. */
export function OperationContent(props: {
  environment: Environment;
  operation: Operation;
}) {
  const { environment, operation } = props;
  const log = useOperationLog(operation.id);
  const plan = useOperationPlan(operation);
  const { pick, setPick } = usePick();
  const { components, steps, state, environmentName, kind } = operation;
  const nodes = useMemo(
    () => progressOf(components, steps),
    [components, steps],
  );
  const picked = steps.find(({ id }) => id === pick.step);
  const ready =
    kind === 'create' &&
    state === 'succeeded' &&
    environment.state !== 'destroyed';

  return (
    <>
      <Announce
        text={`${operationTitle(operation)}: ${OPERATION_VIEWS[state].word}`}
      />
      <PageTitle
        title={`${kindWord(kind)} of ${environmentName}`}
        state={
          <>
            <OperationState operation={operation} large />
            {operation.dryRun && <span className={styles.dryRun}>Dry run</span>}
          </>
        }
        actions={
          <>
            {ready && <OpenButtons environment={environment} />}
            <OperationActions operation={operation} environment={environment} />
          </>
        }
        answer={
          <>
            <strong>{operationAnswer(operation)}</strong>{' '}
            <Facts operation={operation} />
            {environment.state !== 'destroyed' && (
              <div className={styles.timeLeft}>
                {environmentName}: <TimeLeft environment={environment} inLine />
              </div>
            )}
          </>
        }
      />
      {state === 'waiting' && (
        <ConfirmPanel
          operation={operation}
          environment={environment}
          plan={plan.data}
        />
      )}
      {(state === 'failed' || state === 'cancelled') && (
        <EndReport operation={operation} environment={environment} />
      )}
      <div className={styles.columns}>
        <Steps
          steps={steps}
          picked={pick.step}
          onPick={step => setPick(step ? { step } : {})}
        />
        <LogPanel
          operation={operation}
          log={log}
          pick={pick}
          onPick={setPick}
        />
      </div>
      <div className={styles.below}>
        {plan.isError && !plan.data && (
          <Failure
            error={plan.error}
            what="The plan could not be read"
            onRetry={plan.refetch}
          />
        )}
        {plan.data && plan.data.components.length > 0 && (
          <PlanDiff
            plan={plan.data}
            fileName={`${environmentName}-${kind}-${operation.number}-plan.json`}
          />
        )}
        {plan.isPending && isOperationUnfinished(state) && (
          <Skeleton width="100%" height={120} />
        )}
        {components.length > 0 && (
          <div>
            <h3 className={styles.heading}>Components</h3>
            <ComponentGraph
              nodes={nodes}
              picked={pick.component ?? picked?.component}
              onPick={component =>
                setPick(component === pick.component ? {} : { component })
              }
            />
          </div>
        )}
      </div>
    </>
  );
}

/** Which step or component is looked at; stands in the address, so that a link shows the same. */
function usePick() {
  const [parameters, setParameters] = useSearchParams();
  return {
    pick: {
      step: parameters.get('step') ?? undefined,
      component: parameters.get('component') ?? undefined,
    },
    setPick: (pick: Pick) =>
      setParameters(
        before => {
          const next = new URLSearchParams(before);
          for (const key of ['step', 'component'] as const) {
            const value = pick[key];
            if (value) next.set(key, value);
            else next.delete(key);
          }
          return next;
        },
        { replace: true },
      ),
  };
}
