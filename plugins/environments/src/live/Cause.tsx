import { Alert } from '@backstage/ui';
import { LiveComponent } from '@greenroom/plugin-environments-common';
import { HEALTH_VIEWS } from '../state/states';
import styles from './live.module.css';

/** Why it is not well, in the words of its system. */
export function Cause({ live }: { live: LiveComponent }) {
  const { health, message } = live;
  if (!message) return null;
  const { tone } = HEALTH_VIEWS[health];
  return (
    <div className={styles.cause}>
      <Alert
        status={tone === 'danger' || tone === 'warning' ? tone : 'info'}
        icon
        title={message}
      />
    </div>
  );
}
