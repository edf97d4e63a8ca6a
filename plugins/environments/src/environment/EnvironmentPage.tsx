import { ButtonLink, Skeleton } from '@backstage/ui';
import { Environment } from '@greenroom/plugin-environments-common';
import { useLocation, useParams, useSearchParams } from 'react-router-dom';
import { useEnvironment } from '../data/queries';
import { Announce } from '../feedback/Announce';
import { isNotFound } from '../feedback/explainError';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { StaleNote } from '../feedback/StaleNote';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { EnvironmentStateBadge } from '../state/EnvironmentStateBadge';
import { environmentStateView } from '../state/states';
import { ComponentsList } from './ComponentsList';
import { DestroyButton } from './DestroyButton';
import { Facts } from './Facts';
import { LatestOperationCard } from './LatestOperationCard';
import { OpenButtons } from './OpenButtons';
import { OperationsTable } from './OperationsTable';
import { OutputsCard } from './OutputsCard';
import { ResourcesTable } from './ResourcesTable';
import { TimeLeftCard } from './TimeLeftCard';
import styles from './environment.module.css';

const WHAT = 'The environment could not be read';

/** One environment at one glance. */
export function EnvironmentPage() {
  const { name = '' } = useParams();
  const [parameters] = useSearchParams();
  const id = parameters.get('id');
  const location = useLocation();
  const paths = usePaths();
  const environment = useEnvironment(id ? { id } : { name });

  return (
    <PageFrame
      title={name}
      breadcrumbs={[
        { label: 'Environments', href: paths.environments() },
        { label: name, href: location.pathname + location.search },
      ]}
    >
      {environment.data && (
        <>
          <StaleNote
            error={environment.error}
            what={WHAT}
            onRetry={environment.refetch}
          />
          <Content environment={environment.data} />
        </>
      )}
      {environment.isPending && <Loading name={name} />}
      {environment.isError &&
        !environment.data &&
        (isNotFound(environment.error) ? (
          <Notice
            title={`There is no environment “${name}”`}
            actions={
              <>
                <ButtonLink href={paths.environments()} variant="secondary">
                  Show environments
                </ButtonLink>
                <ButtonLink href={paths.create()}>
                  Create environment
                </ButtonLink>
              </>
            }
          >
            It never was, or you may not see it.
          </Notice>
        ) : (
          <Failure
            error={environment.error}
            what={WHAT}
            onRetry={environment.refetch}
          />
        ))}
    </PageFrame>
  );
}

function Content({ environment }: { environment: Environment }) {
  const gone = environment.state === 'destroyed';
  return (
    <>
      <Announce
        text={`${environment.name} is ${environmentStateView(environment.state).word.toLowerCase()}`}
      />
      <PageTitle
        title={environment.name}
        state={<EnvironmentStateBadge environment={environment} large />}
        answer={<Facts environment={environment} />}
        actions={
          gone ? null : (
            <>
              <OpenButtons outputs={environment.outputs} />
              <DestroyButton environment={environment} />
            </>
          )
        }
      />
      {!gone && <TimeLeftCard environment={environment} />}
      <div className={styles.columns}>
        <div className={styles.main}>
          <section>
            <h3 className={styles.heading}>Components</h3>
            <ComponentsList components={environment.components} />
          </section>
          {!gone && (
            <section>
              <h3 className={styles.heading}>Resources</h3>
              <ResourcesTable environment={environment} />
            </section>
          )}
          <section>
            <h3 className={styles.heading}>Operations</h3>
            <OperationsTable environment={environment} />
          </section>
        </div>
        <div className={styles.side}>
          {!gone && <OutputsCard outputs={environment.outputs} />}
          <LatestOperationCard environment={environment} />
        </div>
      </div>
    </>
  );
}

function Loading({ name }: { name: string }) {
  return (
    <div aria-busy="true">
      <PageTitle title={name} answer={<Skeleton width={420} height={20} />} />
      <Skeleton width="100%" height={48} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <Skeleton width="100%" height={96} />
          <Skeleton width="100%" height={220} />
        </div>
        <div className={styles.side}>
          <Skeleton width="100%" height={180} />
          <Skeleton width="100%" height={120} />
        </div>
      </div>
    </div>
  );
}
