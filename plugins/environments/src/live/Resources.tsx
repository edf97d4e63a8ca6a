import { Checkbox } from '@backstage/ui';
import { LiveDetail } from '@greenroom/plugin-environments-common';
import { useMemo, useState } from 'react';
import { HEALTH_VIEWS, SYNC_VIEWS } from '../state/states';
import { ResourceTree } from './ResourceTree';
import { needsLook, onlyNeedingLook, treeOf } from './tree';
import styles from './live.module.css';

/** Below so many one sees at a glance what needs a look. */
const MANY = 12;

/** What a component came to, resource by resource, and what else is in its place. */
export function Resources({ detail }: { detail: LiveDetail }) {
  const { component, resources, orphaned, omittedResources } = detail;
  const [only, setOnly] = useState(false);
  const all = useMemo(() => treeOf(resources), [resources]);
  const orphans = useMemo(() => treeOf(orphaned), [orphaned]);
  const looking = resources.filter(needsLook).length;
  const shown = useMemo(
    () => (only && looking > 0 ? onlyNeedingLook(all) : all),
    [all, only, looking],
  );
  return (
    <>
      <section aria-label="Resources">
        <div className={styles.headingRow}>
          <h4 className={styles.heading}>
            Resources <span className={styles.count}>{resources.length}</span>
          </h4>
          <span className={styles.facts}>{countText(detail)}</span>
          {looking > 0 && resources.length > MANY && (
            <Checkbox isSelected={only} onChange={setOnly}>
              {`Only what needs a look (${looking})`}
            </Checkbox>
          )}
        </div>
        {resources.length === 0 ? (
          <p className={styles.facts}>None is there.</p>
        ) : (
          <ResourceTree label={`Resources of ${component}`} nodes={shown} />
        )}
        {omittedResources > 0 && (
          <p className={styles.facts}>
            {`${omittedResources} more are left out, since they are too many to read.`}
          </p>
        )}
      </section>
      {orphaned.length > 0 && (
        <section aria-label="Nobody's resources">
          <h4 className={styles.heading}>
            Nobody’s resources{' '}
            <span className={styles.count}>{orphaned.length}</span>
          </h4>
          <p className={styles.note}>
            They are in its namespace, and were not made by anything declared.
          </p>
          <ResourceTree
            label={`Nobody's resources beside ${component}`}
            nodes={orphans}
          />
        </section>
      )}
    </>
  );
}

/** `2 degraded, 1 out of sync`; nothing of what is well. */
function countText({ resources }: LiveDetail): string {
  const counts = [
    ...(['missing', 'degraded', 'progressing', 'suspended'] as const).map(
      health => ({
        word: HEALTH_VIEWS[health].word,
        count: resources.filter(one => one.health === health).length,
      }),
    ),
    {
      word: SYNC_VIEWS.outOfSync.word,
      count: resources.filter(({ sync }) => sync === 'outOfSync').length,
    },
  ];
  return counts
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${word.toLowerCase()}`)
    .join(', ');
}
