import { VisuallyHidden } from '@backstage/ui';
import { ResourceChange } from '@greenroom/plugin-environments-common';
import { useId, useState } from 'react';
import { Attributes, Sides } from './Attributes';
import { SIGNS, whatHappens } from './resourceWords';
import styles from './plan.module.css';

/** One resource in a line; its attributes unfold below. */
export function ResourceRow(props: {
  change: ResourceChange;
  initiallyOpen: boolean;
  /** What the change is, where it is none that a plan makes. */
  what?: string;
  sides?: Sides;
}) {
  const { change, initiallyOpen, what = whatHappens(change), sides } = props;
  const [open, setOpen] = useState(initiallyOpen);
  const id = useId();
  return (
    <li className={styles.resource}>
      <button
        type="button"
        className={styles.row}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <span className={styles.sign} data-action={change.action} aria-hidden>
          {SIGNS[change.action]}
        </span>
        <code className={styles.address}>{change.address}</code>
        <VisuallyHidden>, </VisuallyHidden>
        <span className={styles.what}>{what}</span>
      </button>
      <div id={id} className={styles.attributes} hidden={!open}>
        {open && (
          <Attributes
            address={change.address}
            action={change.action}
            attributes={change.attributes}
            sides={sides}
          />
        )}
      </div>
    </li>
  );
}
