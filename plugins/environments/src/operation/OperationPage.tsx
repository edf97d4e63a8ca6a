import { ButtonLink, Link, Skeleton } from '@backstage/ui';
import { Environment, Operation } from '@greenroom/plugin-environments-common';
import { useLocation, useParams, useSearchParams } from 'react-router-dom';
import { isEnvironmentBusy } from '../data/pace';
import { useEnvironment, useOperation, useOperations } from '../data/queries';
import { EntityLink } from '../entity/EntityLink';
import { OpenButtons } from '../environment/OpenButtons';
import { Announce } from '../feedback/Announce';
import { isNotFound } from '../feedback/explainError';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { StaleNote } from '../feedback/StaleNote';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { OPERATION_VIEWS } from '../state/states';
import { Moment } from '../time/Moment';
import { FailureReport } from './FailureReport';
import { LogPanel } from './LogPanel';
import { OperationState } from './OperationState';
import { Steps } from './Steps';
import { useOperationLog } from './useOperationLog';
import { kindWord, operationAnswer, operationTitle, planText } from './words';
import styles from './operation.module.css';

const WHAT = 'The operation could not be read';

/** One change to one environment: its steps on a timeline, its log as it comes. */
export function OperationPage() {
  const { name = '', number = '' } = useParams();
  const [parameters] = useSearchParams();
  const id = parameters.get('id');
  const location = useLocation();
  const paths = usePaths();

  const environment = useEnvironment(id ? { id } : { name });
  const operations = useOperations(
    environment.data?.id,
    environment.data ? isEnvironmentBusy(environment.data) : true,
  );
  const summary = operations.data?.find(one => String(one.number) === number);
  const operation = useOperation(summary?.id);
  const missing =
    operations.isSuccess && operations.isFetchedAfterMount && !summary;
  const error =
    operation.error ?? operations.error ?? environment.error ?? undefined;
  const retry = () => {
    environment.refetch();
    operations.refetch();
    if (summary) operation.refetch();
  };
  const title = summary ? operationTitle(summary) : `Operation #${number}`;
  const environmentPath = paths.environment({
    id: id ?? '',
    name,
    state: id ? 'destroyed' : 'running',
  });

  return (
    <PageFrame
      title={`${title} of ${name}`}
      breadcrumbs={[
        { label: 'Environments', href: paths.environments() },
        { label: name, href: environmentPath },
        { label: title, href: location.pathname + location.search },
      ]}
    >
      {environment.data && operation.data ? (
        <>
          <StaleNote error={error} what={WHAT} onRetry={retry} />
          <Content environment={environment.data} operation={operation.data} />
        </>
      ) : (
        <>
          {error && !isNotFound(error) && (
            <Failure error={error} what={WHAT} onRetry={retry} />
          )}
          {(missing || isNotFound(error)) && (
            <Notice
              title={`${name} has no operation #${number}`}
              actions={
                <ButtonLink href={environmentPath} variant="secondary">
                  {`Show ${name}`}
                </ButtonLink>
              }
            />
          )}
          {!error && !missing && <Loading />}
        </>
      )}
    </PageFrame>
  );
}

function Content(props: { environment: Environment; operation: Operation }) {
  const { environment, operation } = props;
  const log = useOperationLog(operation.id);
  const [parameters, setParameters] = useSearchParams();
  const step = operation.steps.find(({ id }) => id === parameters.get('step'));
  const ready =
    operation.kind === 'create' &&
    operation.state === 'succeeded' &&
    environment.state !== 'destroyed';

  return (
    <>
      <Announce
        text={`${operationTitle(operation)}: ${OPERATION_VIEWS[operation.state].word}`}
      />
      <PageTitle
        title={`${kindWord(operation.kind)} of ${operation.environmentName}`}
        state={<OperationState operation={operation} large />}
        actions={ready ? <OpenButtons outputs={environment.outputs} /> : null}
        answer={
          <>
            <strong>{operationAnswer(operation)}</strong>{' '}
            <Facts operation={operation} />
          </>
        }
      />
      {operation.state === 'failed' && (
        <FailureReport operation={operation} environment={environment} />
      )}
      <div className={styles.columns}>
        <Steps
          steps={operation.steps}
          picked={step?.id}
          onPick={id =>
            setParameters(
              before => {
                const next = new URLSearchParams(before);
                if (id) next.set('step', id);
                else next.delete('step');
                return next;
              },
              { replace: true },
            )
          }
        />
        <LogPanel operation={operation} log={log} step={step} />
      </div>
    </>
  );
}

function Facts({ operation }: { operation: Operation }) {
  const paths = usePaths();
  const { cause, requestedBy, requestedAt, blueprint, plan } = operation;
  return (
    <span className={styles.facts}>
      {cause.code === 'request' ? (
        <>
          Asked for by <EntityLink entityRef={requestedBy} />{' '}
          <Moment at={requestedAt} inWords />
        </>
      ) : (
        <>
          <Moment at={requestedAt} inWords />, because {cause.message}
        </>
      )}{' '}
      ·{' '}
      <Link href={paths.blueprint(blueprint.name)}>
        {blueprint.name} {blueprint.version}
      </Link>
      {plan && ` · plan ${planText(plan)}`}
    </span>
  );
}

function Loading() {
  return (
    <div aria-busy="true">
      <PageTitle
        title={<Skeleton width={280} height={34} />}
        answer={<Skeleton width={420} height={20} />}
      />
      <div className={styles.columns}>
        <Skeleton width="100%" height={480} />
        <Skeleton width="100%" height={480} />
      </div>
    </div>
  );
}
