import { EnvironmentComponent } from '@greenroom/plugin-environments-common';
import { RiArrowRightLine } from '@remixicon/react';
import { StateBadge } from '../state/StateBadge';
import { COMPONENT_VIEWS } from '../state/states';
import { countOf } from './Losses';
import styles from './environment.module.css';

/** The components in the order in which they are made, each with what it uses of others. */
export function ComponentsList(props: { components: EnvironmentComponent[] }) {
  return (
    <ul className={styles.components} aria-label="Components">
      {props.components.map(({ id, driver, state, resources, uses }) => (
        <li key={id} className={styles.component}>
          <div className={styles.node}>
            <div className={styles.nodeRow}>
              <strong className={styles.clip}>{id}</strong>
              <StateBadge view={COMPONENT_VIEWS[state]} />
            </div>
            <div className={`${styles.nodeRow} ${styles.caption}`}>
              <span>{countOf(resources, 'resource')}</span>
              <span>{driver}</span>
            </div>
          </div>
          {uses.length > 0 && (
            <div className={styles.uses}>
              {uses.map(use => (
                <div key={use.component}>
                  uses {use.component}
                  {use.outputs.length > 0 && (
                    <>
                      {' '}
                      <RiArrowRightLine size={12} aria-hidden="true" />{' '}
                      <code>{use.outputs.join(', ')}</code>
                    </>
                  )}
                </div>
              ))}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
