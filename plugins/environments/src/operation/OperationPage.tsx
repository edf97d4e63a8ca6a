import { ButtonLink, Skeleton, VisuallyHidden } from '@backstage/ui';
import { useLocation, useParams, useSearchParams } from 'react-router-dom';
import { useOperation, useOperationId } from '../data/operationQueries';
import { useEnvironment } from '../data/queries';
import { isNotFound } from '../feedback/explainError';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { StaleNote } from '../feedback/StaleNote';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { OperationContent } from './OperationContent';
import { operationTitle } from './words';
import styles from './operation.module.css';

const WHAT = 'The operation could not be read';

/** One change to one environment: its steps on a timeline, its plan, its log as it comes. */
export function OperationPage() {
  const { name = '', number = '' } = useParams();
  const [parameters] = useSearchParams();
  const id = parameters.get('id');
  const location = useLocation();
  const paths = usePaths();

  const environment = useEnvironment(id ? { id } : { name });
  const operationId = useOperationId(environment.data?.id, Number(number));
  const operation = useOperation(operationId.data ?? undefined);
  const missing = operationId.data === null && !operationId.isFetching;
  const error =
    operation.error ?? operationId.error ?? environment.error ?? undefined;
  const retry = () => {
    environment.refetch();
    if (environment.data) operationId.refetch();
    if (operationId.data) operation.refetch();
  };
  const title = operation.data
    ? operationTitle(operation.data)
    : `Operation #${number}`;
  const environmentPath = id
    ? paths.environmentById(id, name)
    : paths.environment({ id: '', name, state: 'running' });

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
          <OperationContent
            key={operation.data.id}
            environment={environment.data}
            operation={operation.data}
          />
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

function Loading() {
  return (
    <div aria-busy="true">
      <PageTitle
        title={
          <>
            <VisuallyHidden>Loading</VisuallyHidden>
            <Skeleton width={280} height={34} />
          </>
        }
        answer={<Skeleton width={420} height={20} />}
      />
      <div className={styles.columns}>
        <Skeleton width="100%" height={480} />
        <Skeleton width="100%" height={480} />
      </div>
    </div>
  );
}
