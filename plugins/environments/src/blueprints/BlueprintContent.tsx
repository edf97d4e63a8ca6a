import { ButtonLink, Link } from '@backstage/ui';
import { Blueprint } from '@greenroom/plugin-environments-common';
import { RiAddLine } from '@remixicon/react';
import { EntityLink } from '../entity/EntityLink';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { SectionTabs } from '../portal/SectionTabs';
import { StateBadge } from '../state/StateBadge';
import { VERSION_VIEWS } from '../state/states';
import { formatTook } from '../time/format';
import { CompareTab } from './compare/CompareTab';
import { EnvironmentsTab } from './EnvironmentsTab';
import { OverviewTab } from './OverviewTab';
import { Problems } from './Problems';
import { useDocsPath } from './useDocsPath';
import { BLUEPRINT_TABS, usePlace } from './usePlace';
import { VersionsTable } from './versions/VersionsTable';
import styles from './blueprints.module.css';

/** A blueprint and everything that is known of it, the first look in front. */
export function BlueprintContent({ blueprint }: { blueprint: Blueprint }) {
  const { tab, shown } = usePlace(blueprint);
  return (
    <>
      <Head blueprint={blueprint} />
      <Problems
        title="The newest attempt to publish failed"
        problems={blueprint.problems}
      />
      <Tabs blueprint={blueprint} current={tab} />
      {tab === 'overview' && (
        <OverviewTab blueprint={blueprint} summary={shown} />
      )}
      {tab === 'versions' && <VersionsTable blueprint={blueprint} />}
      {tab === 'compare' && <CompareTab blueprint={blueprint} />}
      {tab === 'environments' && <EnvironmentsTab blueprint={blueprint} />}
    </>
  );
}

function Head({ blueprint }: { blueprint: Blueprint }) {
  const { name, title, description, owner, type, environments } = blueprint;
  const { recommendedVersion: version, typicalCreateSeconds } = blueprint;
  const paths = usePaths();
  return (
    <PageTitle
      title={title}
      state={
        version ? (
          <span className={styles.version}>{version}</span>
        ) : (
          <StateBadge
            large
            view={VERSION_VIEWS[blueprint.versionList[0]?.status ?? 'rejected']}
          />
        )
      }
      actions={
        version ? (
          <ButtonLink
            href={paths.create(name)}
            iconStart={<RiAddLine />}
            className={styles.create}
          >
            {`Create from ${title}`}
          </ButtonLink>
        ) : (
          <span className={styles.quietOnPage}>
            Nothing can be created before a version is recommended.
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
  );
}

function Tabs(props: { blueprint: Blueprint; current: string }) {
  const { blueprint, current } = props;
  const paths = usePaths();
  const docs = useDocsPath(blueprint.entityRef);
  const counts: Record<string, number> = {
    versions: blueprint.versionList.length,
    environments: blueprint.environments,
  };
  const tabs = BLUEPRINT_TABS.map(({ id, label }) => ({
    id: id as string,
    label: label as string,
    count: counts[id],
    href: paths.blueprint(
      blueprint.name,
      id === 'overview' ? '' : `?tab=${id}`,
    ),
  }));
  return (
    <SectionTabs
      label={`Parts of ${blueprint.title}`}
      tabs={
        docs
          ? [...tabs, { id: 'docs', label: 'Documentation', href: docs }]
          : tabs
      }
      current={current}
    />
  );
}
