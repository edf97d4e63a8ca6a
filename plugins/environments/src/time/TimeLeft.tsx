import { EnvironmentSummary } from '@greenroom/plugin-environments-common';
import { formatSpan } from './format';
import { Moment } from './Moment';
import { TimeLeftBar } from './TimeLeftBar';
import { describeTimeLeft } from './timeLeft';
import { useNowNear } from './useNow';
import styles from './time.module.css';

/**
 * Time left as a bar, a span and the exact moment, in columns that keep their places.
 *
 * @public
 */
export function TimeLeft(props: {
  environment: Pick<EnvironmentSummary, 'state' | 'lease' | 'destroyedAt'>;
  /** A phone's line says *left* and *today*, since no column head does. */
  inLine?: boolean;
}) {
  const now = useNowNear(props.environment.lease.expiresAt);
  const view = describeTimeLeft(props.environment, now);
  const className = props.inLine ? styles.line : styles.columns;

  if (view.kind === 'left') {
    return (
      <span className={className}>
        <TimeLeftBar share={view.share} urgent={view.urgent} />
        <span className={view.urgent ? styles.urgent : undefined}>
          {formatSpan(view.seconds)}
          {props.inLine && ' left'}
        </span>
        <Moment
          at={view.endsAt}
          inWords={props.inLine}
          className={styles.quiet}
        />
      </span>
    );
  }
  return (
    <span className={className}>
      {!props.inLine && <span className={styles.quiet}>–</span>}
      <span className={styles.words}>
        {view.kind === 'endless' && 'No expiry'}
        {view.kind === 'ending' && 'Ending now'}
        {view.kind === 'ended' && (
          <>
            Ended <Moment at={view.at} />
          </>
        )}
      </span>
    </span>
  );
}
