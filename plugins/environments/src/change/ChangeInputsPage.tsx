import { ButtonLink, Skeleton } from '@backstage/ui';
import {
  BlueprintVersion,
  Environment,
  EnvironmentUpgrade,
} from '@greenroom/plugin-environments-common';
import { useParams, useSearchParams } from 'react-router-dom';
import { useBlueprintVersion, useEnvironment } from '../data/queries';
import { isNotFound } from '../feedback/explainError';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { ChangeInputsForm } from './ChangeInputsForm';
import { useUpgrade } from './useUpgrade';

/** An update (other inputs) or an upgrade (to the recommended version or a given one, with what it newly asks for). */
export function ChangeInputsPage({ kind }: { kind: 'update' | 'upgrade' }) {
  const { name = '' } = useParams();
  const paths = usePaths();
  const environment = useEnvironment({ name });
  const present = environment.data?.blueprint;
  const [parameters] = useSearchParams();
  const upgrade = useUpgrade(
    kind === 'upgrade' ? environment.data : undefined,
    parameters.get('version') ?? undefined,
  );
  const target = kind === 'update' ? present?.version : upgrade.data?.to;
  const version = useBlueprintVersion(present?.name ?? '', target);
  const presentVersion = useBlueprintVersion(
    present?.name ?? '',
    present?.version,
  );
  const queries = [environment, upgrade, version, presentVersion];
  const error = queries.find(query => query.error)?.error;
  const verb = kind === 'update' ? 'Update' : 'Upgrade';

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
      <Content
        name={name}
        kind={kind}
        environment={environment.data}
        version={version.data}
        presentVersion={presentVersion.data}
        upgrade={upgrade.data}
        nothingNewer={
          kind === 'upgrade' && upgrade.isSuccess && target === undefined
        }
        error={error}
        onRetry={() =>
          queries
            .filter(query => query.isError)
            .forEach(query => query.refetch())
        }
      />
    </PageFrame>
  );
}

/** The form once everything is there; before, what it waits for or why there is none. */
function Content(props: {
  name: string;
  kind: 'update' | 'upgrade';
  environment?: Environment;
  version?: BlueprintVersion;
  presentVersion?: BlueprintVersion;
  upgrade?: EnvironmentUpgrade;
  nothingNewer: boolean;
  error: unknown;
  onRetry: () => void;
}) {
  const { name, kind, environment, version, presentVersion, error } = props;
  const paths = usePaths();
  if (props.nothingNewer) {
    return (
      <Notice
        title={`${name} is on the recommended version already`}
        actions={
          <ButtonLink href={paths.change('update', name)} variant="secondary">
            {`Update ${name}`}
          </ButtonLink>
        }
      />
    );
  }
  if (environment && version && presentVersion) {
    return (
      <ChangeInputsForm
        kind={kind}
        environment={environment}
        version={version}
        presentVersion={presentVersion}
        upgrade={props.upgrade}
      />
    );
  }
  if (isNotFound(error)) {
    return (
      <Notice
        title={`There is no environment “${name}”, or its blueprint is gone`}
        actions={
          <ButtonLink href={paths.environments()} variant="secondary">
            Show environments
          </ButtonLink>
        }
      />
    );
  }
  return error ? (
    <Failure
      error={error}
      what="What it is made with could not be read"
      onRetry={props.onRetry}
    />
  ) : (
    <Skeleton width="100%" height={360} />
  );
}
