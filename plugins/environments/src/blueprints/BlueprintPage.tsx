import { ButtonLink, Skeleton } from '@backstage/ui';
import { useParams } from 'react-router-dom';
import { useBlueprint } from '../data/queries';
import { isNotFound } from '../feedback/explainError';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { StaleNote } from '../feedback/StaleNote';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { BlueprintContent } from './BlueprintContent';

const WHAT = 'The blueprint could not be read';

/** One blueprint: what it gives, its versions, and who is on which. */
export function BlueprintPage() {
  const { name = '' } = useParams();
  const paths = usePaths();
  const blueprint = useBlueprint(name);
  return (
    <PageFrame
      title={blueprint.data?.title ?? name}
      breadcrumbs={[
        { label: 'Blueprints', href: paths.blueprints() },
        { label: name, href: paths.blueprint(name) },
      ]}
    >
      {blueprint.data && (
        <>
          <StaleNote
            error={blueprint.error}
            what={WHAT}
            onRetry={blueprint.refetch}
          />
          <BlueprintContent blueprint={blueprint.data} />
        </>
      )}
      {blueprint.isPending && (
        <div aria-busy="true">
          <PageTitle
            title={name}
            answer={<Skeleton width={420} height={20} />}
          />
          <Skeleton width="100%" height={320} />
        </div>
      )}
      {blueprint.isError &&
        !blueprint.data &&
        (isNotFound(blueprint.error) ? (
          <Notice
            title={`There is no blueprint “${name}”`}
            actions={
              <ButtonLink href={paths.blueprints()} variant="secondary">
                Show blueprints
              </ButtonLink>
            }
          />
        ) : (
          <Failure
            error={blueprint.error}
            what={WHAT}
            onRetry={blueprint.refetch}
          />
        ))}
    </PageFrame>
  );
}
