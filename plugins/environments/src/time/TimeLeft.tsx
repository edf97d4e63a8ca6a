import { EnvironmentSummary } from '@greenroom/plugin-environments-common';
import { formatSpan } from './format';
import { Moment } from './Moment';
import { TimeLeftBar } from './TimeLeftBar';
import { describeTimeLeft, TimeLeftView } from './timeLeft';
import { leaseReason, leaseSentences } from './timeLeftWords';
import { useNowNear } from './useNow';
import styles from './time.module.css';

/**
 * Time left as a bar, a span and the exact moment, in columns that keep their places; or what
 * keeps the environment. Why, in full, is a hover away.
 *
 * @public
 */
export function TimeLeft(props: {
  environment: Pick<EnvironmentSummary, 'state' | 'lease' | 'destroyedAt'>;
  /** For a line of its own, which has no column head and room for the reason. */
  inLine?: boolean;
}) {
  const { environment, inLine } = props;
  const { lease } = environment;
  const now = useNowNear(lease.graceEndsAt ?? lease.expiresAt);
  const view = describeTimeLeft(environment, now);
  return (
    <span
      className={inLine ? styles.line : styles.columns}
      title={leaseSentences(environment, now).join(' ')}
    >
      {view.kind === 'left' ? (
        <Left
          view={view}
          isProtected={lease.protection !== undefined}
          inLine={inLine}
        />
      ) : (
        <>
          {!inLine && <span className={styles.quiet}>–</span>}
          <span className={styles.words}>
            <Words view={view} isProtected={lease.protection !== undefined} />
          </span>
        </>
      )}
      {inLine && (
        <span className={`${styles.quiet} ${styles.why}`}>
          {leaseReason(lease, view)}
        </span>
      )}
    </span>
  );
}

function Left(props: {
  view: Extract<TimeLeftView, { kind: 'left' }>;
  isProtected: boolean;
  inLine?: boolean;
}) {
  const { view, isProtected, inLine } = props;
  const urgent = view.urgent && !isProtected;
  return (
    <>
      <TimeLeftBar share={view.share} urgent={urgent} />
      <span className={urgent ? styles.urgent : undefined}>
        {formatSpan(view.seconds)}
        {inLine && (view.grace ? ' of grace left' : ' left')}
      </span>
      {!inLine && (isProtected || view.grace) ? (
        <span className={styles.quiet}>
          {isProtected ? 'protected' : 'of grace'}
        </span>
      ) : (
        <Moment at={view.endsAt} inWords={inLine} className={styles.quiet} />
      )}
      {inLine && isProtected && <span>protected</span>}
    </>
  );
}

function Words(props: {
  view: Exclude<TimeLeftView, { kind: 'left' }>;
  isProtected: boolean;
}) {
  const { view, isProtected } = props;
  switch (view.kind) {
    case 'held':
      return (
        <>
          Held until <Moment at={view.hold.until} />
        </>
      );
    case 'kept':
      return <>Time up, protected</>;
    case 'ended':
      return (
        <>
          Ended <Moment at={view.at} />
        </>
      );
    case 'ending':
      return <>Ending now</>;
    case 'endless':
      return <>{isProtected ? 'No expiry, protected' : 'No expiry'}</>;
    default:
      return view satisfies never;
  }
}
