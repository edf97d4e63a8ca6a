import { usePermission } from '@backstage/plugin-permission-react';
import { Link } from '@backstage/ui';
import {
  Blueprint,
  blueprintManagePermission,
  BlueprintVersionSummary,
} from '@greenroom/plugin-environments-common';
import { EntityLink } from '../../entity/EntityLink';
import { entityName } from '../../entity/names';
import { keyboardScrollable } from '../../portal/keyboardScrollable';
import { usePaths } from '../../portal/paths';
import { StateBadge } from '../../state/StateBadge';
import { VERSION_VIEWS } from '../../state/states';
import { Moment } from '../../time/Moment';
import { VersionMenu } from './VersionMenu';
import tableStyles from '../../portal/table.module.css';
import styles from './versions.module.css';

/** Every version, newest first: its state, who is on it, who published it when, what can be done. */
export function VersionsTable({ blueprint }: { blueprint: Blueprint }) {
  const permission = usePermission({
    permission: blueprintManagePermission,
    resourceRef: blueprint.name,
  });
  const forbidden =
    permission.loading || permission.allowed
      ? undefined
      : `Only ${entityName(blueprint.owner)} and the operators of the portal may.`;
  return (
    <div
      className={tableStyles.scroll}
      role="region"
      aria-label="Versions"
      {...keyboardScrollable}
    >
      <table className={`${tableStyles.table} ${styles.table}`}>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">State</th>
            <th scope="col">Environments</th>
            <th scope="col">Published</th>
            <th scope="col">
              <span className={styles.unseen}>What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {blueprint.versionList.map(summary => (
            <VersionRow
              key={summary.version}
              summary={summary}
              blueprint={blueprint}
              forbidden={forbidden}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function VersionRow(props: {
  summary: BlueprintVersionSummary;
  blueprint: Blueprint;
  forbidden?: string;
}) {
  const { summary, blueprint, forbidden } = props;
  const { version, environments } = summary;
  const paths = usePaths();
  const { name, recommendedVersion, recommendedOnPurpose } = blueprint;
  const shown = encodeURIComponent(version);
  return (
    <tr>
      <td>
        <Link
          href={paths.blueprint(name, `?version=${shown}`)}
          standalone
          weight="bold"
        >
          {version}
        </Link>
        {version === recommendedVersion && (
          <span className={styles.recommended}>
            {recommendedOnPurpose ? 'recommended, chosen' : 'recommended'}
          </span>
        )}
      </td>
      <td>
        <StateBadge view={VERSION_VIEWS[summary.status]} />
        <Remark summary={summary} />
      </td>
      <td className={styles.number}>
        {environments > 0 ? (
          <Link
            href={paths.blueprint(name, `?tab=environments&version=${shown}`)}
            aria-label={`${environments} on ${version}`}
          >
            {environments}
          </Link>
        ) : (
          0
        )}
      </td>
      <td>
        <Published summary={summary} />
      </td>
      <td className={styles.menu}>
        <VersionMenu
          summary={summary}
          blueprint={blueprint}
          forbidden={forbidden}
        />
      </td>
    </tr>
  );
}

/** What its users are told, or what is wrong with it. */
function Remark({ summary }: { summary: BlueprintVersionSummary }) {
  const { notice, problems } = summary;
  if (notice) {
    return (
      <div className={styles.remark}>
        {notice.message}
        {notice.replacement && ` Use ${notice.replacement}.`}
      </div>
    );
  }
  if (problems.length === 0) return null;
  return <div className={styles.remark}>{problems[0].message}</div>;
}

function Published({ summary }: { summary: BlueprintVersionSummary }) {
  const { publishedAt, publishedBy } = summary;
  const isPerson = /^(user|group):/.test(publishedBy);
  return (
    <>
      {publishedAt ? <Moment at={publishedAt} inWords /> : 'not yet'}
      <div className={styles.quiet}>
        {isPerson ? <EntityLink entityRef={publishedBy} /> : 'from the catalog'}
      </div>
    </>
  );
}
