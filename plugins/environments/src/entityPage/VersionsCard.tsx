import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink, Link, Skeleton } from '@backstage/ui';
import {
  Blueprint,
  BlueprintVersionSummary,
} from '@greenroom/plugin-environments-common';
import { useBlueprint } from '../data/queries';
import { isNotFound } from '../feedback/explainError';
import { Failure } from '../feedback/Failure';
import { Island } from '../portal/Island';
import { usePaths } from '../portal/paths';
import { StateBadge } from '../state/StateBadge';
import { VERSION_VIEWS } from '../state/states';
import styles from './entityPage.module.css';

/** The newest; the page of the blueprint has all. */
const SHOWN = 5;

/** The versions of the blueprint of the page, which one is recommended, and who is on which. */
export function VersionsCard() {
  return (
    <Island>
      <Content />
    </Island>
  );
}

function Content() {
  const { entity } = useEntity();
  const { name } = entity.metadata;
  const { data, error, refetch } = useBlueprint(name);
  return (
    <EntityInfoCard
      title="Versions"
      footerActions={data && <Actions blueprint={data} />}
    >
      {data && data.versionList.length > 0 && <Versions blueprint={data} />}
      {!data && !error && (
        <div aria-busy="true">
          <Skeleton width="100%" height={96} />
        </div>
      )}
      {(data?.versionList.length === 0 || isNotFound(error)) && (
        <p className={styles.none}>
          None of its versions is known yet. They are taken in when the catalog
          reads the file of the blueprint.
        </p>
      )}
      {!data && error && !isNotFound(error) && (
        <Failure
          error={error}
          what="The versions could not be read"
          onRetry={refetch}
        />
      )}
    </EntityInfoCard>
  );
}

function Versions({ blueprint }: { blueprint: Blueprint }) {
  const { recommendedVersion, versionList } = blueprint;
  const shown = versionList.filter(
    ({ version }, index) => index < SHOWN || version === recommendedVersion,
  );
  return (
    <ul aria-label="Versions" className={styles.versions}>
      {shown.map(summary => (
        <VersionRow
          key={summary.version}
          blueprint={blueprint}
          summary={summary}
        />
      ))}
    </ul>
  );
}

function VersionRow(props: {
  blueprint: Blueprint;
  summary: BlueprintVersionSummary;
}) {
  const { blueprint, summary } = props;
  const { version, status, environments } = summary;
  const { name, recommendedVersion } = blueprint;
  const paths = usePaths();
  const query = `version=${encodeURIComponent(version)}`;
  return (
    <li>
      <span>
        <Link href={paths.blueprint(name, `?${query}`)} weight="bold">
          {version}
        </Link>
        {version === recommendedVersion && (
          <span className={styles.quiet}> recommended</span>
        )}
      </span>
      <StateBadge view={VERSION_VIEWS[status]} />
      {environments > 0 ? (
        <Link href={paths.blueprint(name, `?tab=environments&${query}`)}>
          {environments === 1
            ? '1 environment'
            : `${environments} environments`}
        </Link>
      ) : (
        <span className={styles.quiet}>no environment</span>
      )}
    </li>
  );
}

function Actions({ blueprint }: { blueprint: Blueprint }) {
  const { name, title, recommendedVersion, versionList } = blueprint;
  const paths = usePaths();
  return (
    <div className={styles.actions}>
      <ButtonLink
        variant="secondary"
        href={paths.blueprint(name, '?tab=versions')}
      >
        {versionList.length > SHOWN
          ? `All ${versionList.length} versions of ${title}`
          : `Go to ${title}`}
      </ButtonLink>
      {recommendedVersion ? (
        <ButtonLink href={paths.create(name)}>Create environment</ButtonLink>
      ) : (
        <span className={styles.quiet}>
          Nothing can be created before a version is recommended.
        </span>
      )}
    </div>
  );
}
