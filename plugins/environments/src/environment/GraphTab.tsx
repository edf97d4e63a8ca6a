import { Link } from '@backstage/ui';
import { Environment } from '@greenroom/plugin-environments-common';
import { useMemo, useState } from 'react';
import { ComponentGraph } from '../graph/ComponentGraph';
import { nodesOf } from '../graph/graphNode';
import { LiveCard } from '../live/LiveCard';
import { useLive } from '../live/queries';
import { usePaths } from '../portal/paths';
import { LatestOperationCard } from './LatestOperationCard';
import { OutputsCard } from './OutputsCard';
import { ResourcesTable } from './ResourcesTable';
import { UpgradeCard } from './UpgradeCard';
import styles from './environment.module.css';

/** The components as they stand, what the picked one is made of, and what the environment hands out. */
export function GraphTab({ environment }: { environment: Environment }) {
  const { components, outputs, state } = environment;
  const paths = usePaths();
  const live = useLive(environment).data?.items;
  const nodes = useMemo(() => nodesOf(components, live), [components, live]);
  const [picked, setPicked] = useState<string>();
  const gone = state === 'destroyed';
  const component = components.find(({ id }) => id === picked);
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <ComponentGraph
          nodes={nodes}
          picked={picked}
          onPick={id => setPicked(id === picked ? undefined : id)}
        />
        {!gone && (
          <section>
            <div className={styles.resourcesHead}>
              <h3 className={styles.heading}>
                {component ? `Resources of ${component.id}` : 'Resources'}
              </h3>
              {component && (
                <Link href={`${paths.environment(environment)}?tab=resources`}>
                  All resources
                </Link>
              )}
            </div>
            <ResourcesTable environment={environment} component={picked} />
          </section>
        )}
      </div>
      <div className={styles.side}>
        {!gone && <OutputsCard outputs={outputs} />}
        {!gone && <LiveCard environment={environment} />}
        <LatestOperationCard environment={environment} />
        {!gone && <UpgradeCard environment={environment} />}
      </div>
    </div>
  );
}
