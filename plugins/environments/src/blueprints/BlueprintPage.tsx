import { ButtonLink, Link, Skeleton } from '@backstage/ui';
import { Blueprint } from '@greenroom/plugin-environments-common';
import { RiAddLine } from '@remixicon/react';
import { useParams } from 'react-router-dom';
import { useBlueprint } from '../data/queries';
import { EntityLink } from '../entity/EntityLink';
import { isNotFound } from '../feedback/explainError';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { StaleNote } from '../feedback/StaleNote';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { StateBadge } from '../state/StateBadge';
import { VERSION_VIEWS } from '../state/states';
import { formatTook } from '../time/format';
import { Problems } from './Problems';
import { VersionCards, VersionDetails } from './VersionDetails';
import { VersionsTable } from './VersionsTable';
import styles from './blueprints.module.css';

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
          <Content blueprint={blueprint.data} />
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

function Content({ blueprint }: { blueprint: Blueprint }) {
  const { name, title, description, owner, type, environments } = blueprint;
  const { recommendedVersion: version, typicalCreateSeconds } = blueprint;
  const paths = usePaths();
  const shown = version ?? blueprint.versionList[0]?.version;
  return (
    <>
      <PageTitle
        title={title}
        state={
          version ? (
            <span className={styles.version}>{version}</span>
          ) : (
            <StateBadge
              large
              view={
                VERSION_VIEWS[blueprint.versionList[0]?.status ?? 'rejected']
              }
            />
          )
        }
        actions={
          version ? (
            <ButtonLink href={paths.create(name)} iconStart={<RiAddLine />}>
              {`Create from ${title}`}
            </ButtonLink>
          ) : (
            <span className={styles.quietOnPage}>
              Nothing can be created before a version is published.
            </span>
          )
        }
        answer={
          <>
            {description}{' '}
            <span className={styles.quietOnPage}>
              Kept by <EntityLink entityRef={owner} /> · {type} ·{' '}
              {typicalCreateSeconds !== undefined && (
                <>takes about {formatTook(typicalCreateSeconds * 1000)} · </>
              )}
              <Link href={paths.environmentsOf(name)}>
                {environments} environment{environments === 1 ? '' : 's'}
              </Link>
            </span>
          </>
        }
      />
      <Problems
        title="The newest attempt to publish failed"
        problems={blueprint.problems}
      />
      <div className={styles.columns}>
        <div className={styles.main}>
          {shown && <VersionDetails name={name} version={shown} />}
          <section>
            <h3 className={styles.heading}>Versions</h3>
            <VersionsTable blueprint={blueprint} />
          </section>
        </div>
        <div className={styles.side}>
          {shown && <VersionCards name={name} version={shown} />}
        </div>
      </div>
    </>
  );
}
