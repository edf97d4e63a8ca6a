import { LiveComponent } from '@greenroom/plugin-environments-common';
import { StateBadge } from '../state/StateBadge';
import { HEALTH_VIEWS, SYNC_VIEWS } from '../state/states';
import styles from './live.module.css';

/** Whether it is well, and whether it is what was declared. */
export function Badges(props: {
  of: Pick<LiveComponent, 'health' | 'sync'>;
  large?: boolean;
}) {
  const { of, large } = props;
  return (
    <span className={styles.badges}>
      <StateBadge view={HEALTH_VIEWS[of.health]} large={large} />
      <StateBadge view={SYNC_VIEWS[of.sync]} large={large} />
    </span>
  );
}
