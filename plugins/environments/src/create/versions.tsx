import { ButtonLink, Link, Select } from '@backstage/ui';
import {
  Blueprint,
  BlueprintVersionSummary,
} from '@greenroom/plugin-environments-common';
import { useSearchParams } from 'react-router-dom';
import { Notice } from '../feedback/Notice';
import { usePaths } from '../portal/paths';
import { StateBadge } from '../state/StateBadge';
import { VERSION_VIEWS } from '../state/states';
import { offeredVersions, VersionChoice } from './versionChoice';
import styles from './create.module.css';

/** The versions that are offered, where there is more than one. */
export function VersionSelect(props: {
  blueprint: Blueprint;
  shown: string | undefined;
}) {
  const { blueprint, shown } = props;
  const [, setParameters] = useSearchParams();
  const offered = offeredVersions(blueprint, shown);
  if (offered.length < (shown ? 2 : 1)) return null;
  return (
    <Select
      aria-label="Version"
      className={styles.version}
      options={offered.map(({ version, status }) => ({
        id: version,
        label: labelOf(version, status, blueprint),
      }))}
      value={shown ?? null}
      onChange={key =>
        setParameters(
          key === blueprint.recommendedVersion ? {} : { version: String(key) },
          { replace: true },
        )
      }
    />
  );
}

function labelOf(
  version: string,
  status: BlueprintVersionSummary['status'],
  { recommendedVersion }: Blueprint,
): string {
  if (version === recommendedVersion) return `${version}, recommended`;
  return status === 'published'
    ? version
    : `${version}, ${VERSION_VIEWS[status].word.toLowerCase()}`;
}

/** Whoever comes to a deprecated version is told why it is not offered, and what is. */
export function DeprecatedNote(props: {
  blueprint: Blueprint;
  summary: BlueprintVersionSummary;
}) {
  const { blueprint, summary } = props;
  const paths = usePaths();
  if (summary.status !== 'deprecated') return null;
  const instead = insteadOf(summary, blueprint);
  return (
    <p className={styles.deprecated}>
      <StateBadge view={VERSION_VIEWS.deprecated} />
      <span>{summary.notice?.message}</span>
      {instead && (
        <Link href={paths.create(blueprint.name, instead)}>
          {`Create from ${instead} in its place`}
        </Link>
      )}
    </p>
  );
}

/** Why nothing can be made of the version that was asked for, or of any. */
export function NotUsable(props: {
  blueprint: Blueprint;
  choice: VersionChoice;
}) {
  const { blueprint, choice } = props;
  const { name, recommendedVersion } = blueprint;
  const { wanted, summary } = choice;
  const paths = usePaths();
  const instead = summary ? insteadOf(summary, blueprint) : recommendedVersion;
  const { title, text } = wanted
    ? refusal(name, wanted, summary)
    : nothingOffered(blueprint);
  return (
    <Notice
      title={title}
      actions={
        instead ? (
          <ButtonLink href={paths.create(name, instead)}>
            {`Create from ${instead}`}
          </ButtonLink>
        ) : (
          <ButtonLink href={paths.create()}>Pick another blueprint</ButtonLink>
        )
      }
    >
      {text}
    </Notice>
  );
}

function insteadOf(
  { notice }: BlueprintVersionSummary,
  { recommendedVersion }: Blueprint,
): string | undefined {
  return notice?.replacement ?? recommendedVersion;
}

function nothingOffered({ name, versionList }: Blueprint) {
  return versionList.some(({ status }) => status === 'published')
    ? {
        title: `No version of ${name} is recommended`,
        text: 'Those that are published are prereleases. Pick one of them.',
      }
    : {
        title: `No version of ${name} is published`,
        text: 'Nothing can be created from it before one is published.',
      };
}

function refusal(
  name: string,
  wanted: string,
  summary: BlueprintVersionSummary | undefined,
): { title: string; text: string } {
  switch (summary?.status) {
    case 'draft':
      return {
        title: `${wanted} is a draft`,
        text: 'Its content may still change, so nothing can be created from it before it is published.',
      };
    case 'retired':
      return {
        title: `${wanted} is retired`,
        text: summary.notice?.message ?? 'Nothing new begins on it.',
      };
    case 'validating':
      return {
        title: `${wanted} is being checked`,
        text: 'It can be used once its sources are found to be right.',
      };
    case 'rejected':
      return {
        title: `${wanted} can’t be used`,
        text: 'Its sources are not right; its page says what is wrong.',
      };
    default:
      return {
        title: `There is no version ${wanted} of ${name}`,
        text: 'The address may be mistyped.',
      };
  }
}
