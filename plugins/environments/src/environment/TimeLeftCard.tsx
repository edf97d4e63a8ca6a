import { Environment } from '@greenroom/plugin-environments-common';
import { ExtendControl } from '../leases/ExtendControl';
import { Card } from '../portal/Card';
import { formatTook } from '../time/format';
import { Moment } from '../time/Moment';
import { describeTimeLeft } from '../time/timeLeft';
import { TimeLeftBar } from '../time/TimeLeftBar';
import { useNow } from '../time/useNow';
import { SleepLine } from './SleepLine';
import styles from './environment.module.css';

/** How long it lives, when exactly it ends, and why then. */
export function TimeLeftCard({ environment }: { environment: Environment }) {
  const now = useNow();
  const view = describeTimeLeft(environment, now);
  const { reason } = environment.lease;

  return (
    <Card className={styles.timeLeft}>
      {view.kind === 'left' && (
        <>
          <span className={styles.left}>
            <strong className={view.urgent ? styles.urgent : undefined}>
              {formatTook(view.seconds * 1000)} left
            </strong>{' '}
            <span className={styles.quiet}>
              of {formatTook(view.totalSeconds * 1000)}
            </span>
          </span>
          <TimeLeftBar wide share={view.share} urgent={view.urgent} />
          <span>
            Ends{' '}
            <strong>
              <Moment at={view.endsAt} inWords />
            </strong>
            : {reason}. Then it is destroyed.
          </span>
        </>
      )}
      {view.kind === 'ended' && (
        <span>
          Time was up <Moment at={view.at} inWords />: {reason}.
        </span>
      )}
      {view.kind === 'ending' && <span>It is being taken down.</span>}
      {view.kind === 'endless' && <span>No expiry: {reason}.</span>}
      {environment.schedule && <SleepLine schedule={environment.schedule} />}
      {view.kind === 'left' && <ExtendControl environment={environment} />}
    </Card>
  );
}
