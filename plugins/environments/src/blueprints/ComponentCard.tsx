import { BlueprintVersionComponent } from '@greenroom/plugin-environments-common';
import { Card } from '../portal/Card';
import styles from './blueprints.module.css';

/** The picked component: where it comes from, what it waits for, who waits for it. */
export function ComponentCard(props: {
  component: BlueprintVersionComponent;
  all: BlueprintVersionComponent[];
}) {
  const { id, driver, source, uses } = props.component;
  const users = props.all.filter(other =>
    other.uses.some(({ component }) => component === id),
  );
  return (
    <Card title={id} aside={driver}>
      <dl className={styles.facts}>
        <dt>Source</dt>
        <dd>
          <code className={styles.code}>{source}</code>
        </dd>
        <dt>Waits for</dt>
        <dd>
          {uses.length === 0 && 'nothing'}
          {uses.map(({ component, outputs }) => (
            <div key={component}>
              {component}{' '}
              <code className={styles.code}>{outputs.join(', ')}</code>
            </div>
          ))}
        </dd>
        <dt>Used by</dt>
        <dd>{users.map(user => user.id).join(', ') || 'no other component'}</dd>
      </dl>
    </Card>
  );
}
