import { Link } from '@backstage/ui';
import { BlueprintVersion } from '@greenroom/plugin-environments-common';
import { Failure } from '../feedback/Failure';
import { usePaths } from '../portal/paths';
import { StateBadge } from '../state/StateBadge';
import { VERSION_VIEWS } from '../state/states';
import { Publishing } from './usePublish';
import styles from './authoring.module.css';

/** What became of what was sent. */
export function Outcome({ publishing }: { publishing: Publishing }) {
  const { version, failure } = publishing;
  return (
    <div aria-live="polite" className={styles.outcome}>
      {failure !== undefined && (
        <Failure error={failure} what="It was not published" />
      )}
      {version && (
        <>
          <StateBadge view={VERSION_VIEWS[version.status]} />
          <span>{outcomeText(version)}</span>
          {version.status !== 'validating' && <Onward version={version} />}
        </>
      )}
    </div>
  );
}

function outcomeText({ version, status, problems }: BlueprintVersion): string {
  switch (status) {
    case 'validating':
      return `The sources of ${version} are being checked.`;
    case 'rejected':
      return `${version} is not right: ${problems.length === 1 ? 'a problem' : `${problems.length} problems`} in its sources.`;
    case 'draft':
      return `${version} is right, and kept as a draft. Nobody can use it before it is published.`;
    case 'published':
      return `Environments can be made of ${version} now.`;
    case 'deprecated':
      return `${version} is published as deprecated, as its document says.`;
    case 'retired':
      return `${version} was published before, and is retired.`;
    default: {
      const unknown: never = status;
      return unknown;
    }
  }
}

function Onward({ version: { name, version } }: { version: BlueprintVersion }) {
  const paths = usePaths();
  return (
    <>
      <Link href={paths.blueprint(name, '?tab=versions')}>
        {`Versions of ${name}`}
      </Link>
      <Link
        href={paths.blueprint(
          name,
          `?tab=compare&to=${encodeURIComponent(version)}`,
        )}
      >
        {`Compare ${version}`}
      </Link>
    </>
  );
}
