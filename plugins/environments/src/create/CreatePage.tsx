import { ButtonLink, Skeleton } from '@backstage/ui';
import { useParams, useSearchParams } from 'react-router-dom';
import { useBlueprint, useBlueprintVersion } from '../data/queries';
import { isNotFound } from '../feedback/explainError';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { useCaller } from './caller';
import { CreateForm } from './CreateForm';
import { DeprecatedNote, NotUsable, VersionSelect } from './versions';
import { choiceOf } from './versionChoice';
import styles from './create.module.css';

/** The second step of a create: what it is called, what it is made with, how long it lives. */
export function CreatePage() {
  const { blueprint: name = '' } = useParams();
  const [parameters] = useSearchParams();
  const paths = usePaths();
  const caller = useCaller();
  const blueprint = useBlueprint(name);
  const choice =
    blueprint.data && choiceOf(blueprint.data, parameters.get('version'));
  const usable = choice?.usable;
  const version = useBlueprintVersion(name, usable?.version);
  const error = blueprint.error ?? version.error ?? caller.error;
  const ready = blueprint.data && usable && version.data && caller.data;

  return (
    <PageFrame
      title="Create environment"
      breadcrumbs={[
        { label: 'Environments', href: paths.environments() },
        { label: 'Create', href: paths.create() },
        { label: blueprint.data?.title ?? name, href: paths.create(name) },
      ]}
    >
      <PageTitle
        title={`Create from ${blueprint.data?.title ?? name}`}
        state={
          blueprint.data && (
            <VersionSelect
              blueprint={blueprint.data}
              shown={choice?.summary?.version}
            />
          )
        }
        answer={
          blueprint.data?.description ??
          (blueprint.isPending && <Skeleton width={420} height={20} />)
        }
      />
      {ready && (
        <>
          <DeprecatedNote blueprint={blueprint.data} summary={usable} />
          <CreateForm
            key={`${name} ${version.data.version}`}
            blueprint={blueprint.data}
            version={version.data}
            caller={caller.data}
          />
        </>
      )}
      {blueprint.data && choice && !usable && (
        <NotUsable blueprint={blueprint.data} choice={choice} />
      )}
      {!ready && (!choice || usable) && (
        <Waiting
          name={name}
          error={error}
          onRetry={() => {
            blueprint.refetch();
            if (usable) version.refetch();
            caller.refetch();
          }}
        />
      )}
    </PageFrame>
  );
}

/** What stands where the form will be, or why there will be none. */
function Waiting(props: { name: string; error: unknown; onRetry: () => void }) {
  const { name, error, onRetry } = props;
  const paths = usePaths();
  if (isNotFound(error)) {
    return (
      <Notice
        title={`There is no blueprint “${name}”`}
        actions={
          <ButtonLink href={paths.create()}>Pick another blueprint</ButtonLink>
        }
      />
    );
  }
  if (error) {
    return (
      <Failure
        error={error}
        what="The blueprint could not be read"
        onRetry={onRetry}
      />
    );
  }
  return (
    <div className={styles.columns} aria-busy="true">
      <Skeleton width="100%" height={420} />
      <Skeleton width="100%" height={220} />
    </div>
  );
}
