import { Link } from '@backstage/ui';
import {
  Blueprint,
  BlueprintVersionSummary,
} from '@greenroom/plugin-environments-common';
import { usePaths } from '../portal/paths';
import { StateBadge } from '../state/StateBadge';
import { VERSION_VIEWS } from '../state/states';
import styles from './blueprints.module.css';

const WORDS: Record<BlueprintVersionSummary['status'], string> = {
  validating: 'Its sources are being checked.',
  rejected: 'Its sources are not right, so nobody can use it.',
  draft: 'Nobody can use it yet, and its content may still change.',
  published: '',
  deprecated: 'It is not offered any more.',
  retired: 'Nothing new begins on it.',
};

/** What one should know of the version that is looked at, unless it is the one that is offered. */
export function VersionNote(props: {
  blueprint: Blueprint;
  summary: BlueprintVersionSummary;
}) {
  const { version, status, notice } = props.summary;
  const { name, recommendedVersion } = props.blueprint;
  const paths = usePaths();
  if (version === recommendedVersion) {
    return <span className={styles.quietOnPage}>Recommended</span>;
  }
  const instead = notice?.replacement ?? recommendedVersion;
  return (
    <span className={styles.note}>
      <StateBadge view={VERSION_VIEWS[status]} />
      <span>{notice?.message ?? WORDS[status]}</span>
      {instead && (
        <Link
          href={paths.blueprint(
            name,
            `?version=${encodeURIComponent(instead)}`,
          )}
        >
          {notice?.replacement
            ? `Use ${instead} in its place`
            : `${instead} is recommended`}
        </Link>
      )}
    </span>
  );
}
