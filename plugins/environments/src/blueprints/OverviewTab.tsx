import { Select, Skeleton } from '@backstage/ui';
import {
  Blueprint,
  BlueprintVersion,
  BlueprintVersionSummary,
} from '@greenroom/plugin-environments-common';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useBlueprintVersion } from '../data/queries';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { ComponentGraph } from '../graph/ComponentGraph';
import { VERSION_VIEWS } from '../state/states';
import { ComponentCard } from './ComponentCard';
import { InputsSection } from './InputsSection';
import { VersionCards } from './VersionCards';
import { VersionNote } from './VersionNote';
import styles from './blueprints.module.css';

/** What one version makes, asks for and hands out. */
export function OverviewTab(props: {
  blueprint: Blueprint;
  summary?: BlueprintVersionSummary;
}) {
  const { blueprint, summary } = props;
  const version = useBlueprintVersion(blueprint.name, summary?.version);
  if (!summary) {
    return (
      <Notice title="No version of it is known">
        Greenroom could not read one yet; what stands in the way is said above.
      </Notice>
    );
  }
  return (
    <>
      <div className={styles.versionRow}>
        <VersionSelect blueprint={blueprint} shown={summary.version} />
        <VersionNote blueprint={blueprint} summary={summary} />
      </div>
      {version.isError && !version.data && (
        <Failure
          error={version.error}
          what={`Version ${summary.version} could not be read`}
          onRetry={version.refetch}
        />
      )}
      {version.isPending && (
        <div className={styles.columns} aria-busy="true">
          <Skeleton width="100%" height={320} />
          <Skeleton width="100%" height={200} />
        </div>
      )}
      {version.data && <Shown version={version.data} />}
    </>
  );
}

function VersionSelect(props: { blueprint: Blueprint; shown: string }) {
  const [, setParameters] = useSearchParams();
  return (
    <Select
      aria-label="Version"
      className={styles.versionSelect}
      options={props.blueprint.versionList.map(({ version, status }) => ({
        id: version,
        label:
          status === 'published'
            ? version
            : `${version}, ${VERSION_VIEWS[status].word.toLowerCase()}`,
      }))}
      value={props.shown}
      onChange={key =>
        setParameters({ version: String(key) }, { replace: true })
      }
    />
  );
}

function Shown({ version }: { version: BlueprintVersion }) {
  const [picked, setPicked] = useState<string>();
  const nodes = useMemo(
    () =>
      version.components.map(({ id, driver, source, uses }) => ({
        id,
        driver,
        uses,
        caption: source,
      })),
    [version.components],
  );
  const component = version.components.find(({ id }) => id === picked);
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <ComponentGraph
          nodes={nodes}
          picked={picked}
          onPick={id => setPicked(id === picked ? undefined : id)}
        />
        <InputsSection schema={version.inputs} />
      </div>
      <div className={styles.side}>
        {component && (
          <ComponentCard component={component} all={version.components} />
        )}
        <VersionCards version={version} />
      </div>
    </div>
  );
}
