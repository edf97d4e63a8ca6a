import { ButtonLink, Skeleton } from '@backstage/ui';
import { useLocation, useParams, useSearchParams } from 'react-router-dom';
import { useEnvironment } from '../data/queries';
import { isNotFound } from '../feedback/explainError';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { StaleNote } from '../feedback/StaleNote';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { EnvironmentContent } from './EnvironmentContent';
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
          <EnvironmentContent environment={environment.data} />
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
