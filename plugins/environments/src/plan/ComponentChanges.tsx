import { Button } from '@backstage/ui';
import { ComponentPlan } from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { planText } from '../operation/words';
import { ResourceRow } from './ResourceRow';
import { searchPlan } from './resourceWords';
import styles from './plan.module.css';

/** About what fits a screen, so that what stands below stays in reach; the rest is one press away. */
const SHOWN = 20;
/** Up to so many changes of one component lie open: that is what people came to read. */
const OPEN = 8;

/** The changes of one component, those in place and replacements unfolded. */
export function ComponentChanges(props: {
  plan: ComponentPlan;
  search: string;
}) {
  const { plan, search } = props;
  const [all, setAll] = useState(false);
  const real = plan.changes.filter(({ action }) => action !== 'read');
  const reads = plan.changes.length - real.length;
  const found = searchPlan(real, search);
  const shown = all ? found : found.slice(0, SHOWN);
  if (search.trim() && found.length === 0) return null;

  return (
    <section aria-label={`Plan of ${plan.component}`}>
      <div className={styles.group}>
        <h4 className={styles.groupName}>{plan.component}</h4>
        <span className={styles.quiet}>
          {planText(plan.summary)}
          {plan.purpose === 'destroy' && ', to be removed'}
          {plan.purpose === 'adopt' && ', to be taken over'}
        </span>
      </div>
      <ul className={styles.resources}>
        {shown.map(change => (
          <ResourceRow
            key={change.address}
            change={change}
            initiallyOpen={
              real.length <= OPEN &&
              (change.action === 'change' || change.action === 'replace')
            }
          />
        ))}
      </ul>
      {shown.length < found.length && (
        <div className={styles.more}>
          <Button variant="tertiary" onPress={() => setAll(true)}>
            {`Show all ${found.length} resources`}
          </Button>
        </div>
      )}
      {(reads > 0 || plan.omittedAttributes > 0) && (
        <p className={styles.remarks}>
          {reads > 0 &&
            `${reads} data source${reads === 1 ? ' is' : 's are'} read, which changes nothing. `}
          {plan.omittedAttributes > 0 &&
            `${plan.omittedAttributes} attributes are left out, since the plan would be too long to keep; they are applied all the same.`}
        </p>
      )}
    </section>
  );
}
