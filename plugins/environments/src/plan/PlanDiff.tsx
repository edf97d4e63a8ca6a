import { Button, SearchField } from '@backstage/ui';
import { OperationPlan } from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { saveText } from '../data/saveText';
import { ComponentChanges } from './ComponentChanges';
import { searchPlan, withoutChanges } from './resourceWords';
import styles from './plan.module.css';

/** More changes than fit a screen: only then there is something to search. */
const SEARCHABLE = 8;

/** What an operation will change, as one can read it: by component, resource and attribute. */
export function PlanDiff(props: {
  plan: OperationPlan;
  /** Of the file that the plan is saved to. */
  fileName: string;
}) {
  const { plan, fileName } = props;
  const [search, setSearch] = useState('');
  const still = plan.components.flatMap(component => {
    const text = withoutChanges(component);
    return text ? [{ component: component.component, text }] : [];
  });
  const changing = plan.components.filter(one => !withoutChanges(one));
  const all = changing.flatMap(({ changes }) => changes);
  const found = searchPlan(all, search).length;

  return (
    <section aria-label="Plan" className={styles.plan}>
      <div className={styles.head}>
        <h3 className={styles.title}>Plan</h3>
        <Counts plan={plan} />
        <div className={styles.tools}>
          {all.length > SEARCHABLE && (
            <>
              <span role="status" className={styles.quietOnPage}>
                {search.trim() && `${found} of ${all.length}`}
              </span>
              <SearchField
                aria-label="Search the plan"
                placeholder="Search the plan"
                size="small"
                className={styles.search}
                value={search}
                onChange={setSearch}
              />
            </>
          )}
          <Button
            variant="tertiary"
            size="small"
            onPress={() => saveText(fileName, JSON.stringify(plan, null, 2))}
          >
            Save as JSON
          </Button>
        </div>
      </div>
      <div className={styles.body}>
        {changing.map(component => (
          <ComponentChanges
            key={component.stepId}
            plan={component}
            search={search}
          />
        ))}
        {search.trim() && found === 0 && (
          <p className={styles.remarks}>Nothing in the plan holds this text.</p>
        )}
        {still.length > 0 && (
          <details className={styles.still} open={changing.length === 0}>
            <summary>
              {still.length === 1
                ? '1 component without changes'
                : `${still.length} components without changes`}
            </summary>
            <ul>
              {still.map(({ component, text }) => (
                <li key={component}>
                  <strong>{component}</strong> {text}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </section>
  );
}

function Counts({ plan: { summary } }: { plan: OperationPlan }) {
  const { add, change, remove } = summary;
  return (
    <span className={styles.counts}>
      <span className={add > 0 ? styles.add : styles.quietOnPage}>
        +{add} to add
      </span>
      <span className={change > 0 ? styles.change : styles.quietOnPage}>
        ~{change} to change
      </span>
      <span className={remove > 0 ? styles.remove : styles.quietOnPage}>
        −{remove} to remove
      </span>
    </span>
  );
}
