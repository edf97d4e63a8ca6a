import { ButtonLink, Skeleton } from '@backstage/ui';
import { useParams } from 'react-router-dom';
import {
  useBlueprint,
  useBlueprintVersion,
  useEnvironment,
} from '../data/queries';
import { isNotFound } from '../feedback/explainError';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { ChangeInputsForm } from './ChangeInputsForm';

/** An update (other inputs) or an upgrade (the recommended version, with what it newly asks for). */
export function ChangeInputsPage({ kind }: { kind: 'update' | 'upgrade' }) {
  const { name = '' } = useParams();
  const paths = usePaths();
  const environment = useEnvironment({ name });
  const present = environment.data?.blueprint;
  const blueprint = useBlueprint(present?.name);
  const target =
    kind === 'update' ? present?.version : blueprint.data?.recommendedVersion;
  const version = useBlueprintVersion(present?.name ?? '', target);
  const presentVersion = useBlueprintVersion(
    present?.name ?? '',
    present?.version,
  );
  const queries = [environment, blueprint, version, presentVersion];
  const error = queries.find(query => query.error)?.error;
  const verb = kind === 'update' ? 'Update' : 'Upgrade';
  const upToDate =
    kind === 'upgrade' && blueprint.isSuccess && target === present?.version;

  return (
    <PageFrame
      title={`${verb} ${name}`}
      breadcrumbs={[
        { label: 'Environments', href: paths.environments() },
        {
          label: name,
          href: paths.environment({ id: '', name, state: 'running' }),
        },
        { label: verb, href: paths.change(kind, name) },
      ]}
    >
      <PageTitle
        title={`${verb} ${name}`}
        answer={
          present && target ? (
            <>
              {kind === 'update'
                ? `Other inputs for ${present.name} ${present.version}.`
                : `From ${present.name} ${present.version} to ${target}.`}{' '}
              Nothing is changed before you say so.
            </>
          ) : (
            !error && <Skeleton width={320} height={20} />
          )
        }
      />
      {upToDate || (kind === 'upgrade' && blueprint.isSuccess && !target) ? (
        <Notice
          title={
            upToDate
              ? `${name} is on the recommended version already`
              : `No version of ${present?.name} is recommended`
          }
          actions={
            <ButtonLink href={paths.change('update', name)} variant="secondary">
              {`Update ${name}`}
            </ButtonLink>
          }
        />
      ) : environment.data && version.data && presentVersion.data ? (
        <ChangeInputsForm
          kind={kind}
          environment={environment.data}
          version={version.data}
          presentVersion={presentVersion.data}
        />
      ) : isNotFound(error) ? (
        <Notice
          title={`There is no environment “${name}”, or its blueprint is gone`}
          actions={
            <ButtonLink href={paths.environments()} variant="secondary">
              Show environments
            </ButtonLink>
          }
        />
      ) : error ? (
        <Failure
          error={error}
          what="What it is made with could not be read"
          onRetry={() =>
            queries
              .filter(query => query.isError)
              .forEach(query => query.refetch())
          }
        />
      ) : (
        <Skeleton width="100%" height={360} />
      )}
    </PageFrame>
  );
}
