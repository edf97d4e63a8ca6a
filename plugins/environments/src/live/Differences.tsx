import { ResourceChange } from '@greenroom/plugin-environments-common';
import { Sides } from '../plan/Attributes';
import { ResourceRow } from '../plan/ResourceRow';
import plan from '../plan/plan.module.css';
import { differenceText } from './words';
import styles from './live.module.css';

const SIDES: Sides = { before: 'Declared', after: 'Runs' };
/** Up to so many lie open: that is what people came to read. */
const OPEN = 8;

/** Where what runs is not what was declared. */
export function Differences({ changes }: { changes: ResourceChange[] }) {
  if (changes.length === 0) return null;
  return (
    <section aria-label="Differences">
      <h4 className={styles.heading}>
        Differences <span className={styles.count}>{changes.length}</span>
      </h4>
      <div className={plan.body}>
        <ul className={plan.resources}>
          {changes.map(change => (
            <ResourceRow
              key={change.address}
              change={change}
              initiallyOpen={
                changes.length <= OPEN && change.action === 'change'
              }
              what={differenceText(change)}
              sides={SIDES}
            />
          ))}
        </ul>
      </div>
    </section>
  );
}
