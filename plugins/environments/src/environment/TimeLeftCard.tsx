import { Environment } from '@greenroom/plugin-environments-common';
import { IdleLine } from '../activity/IdleLine';
import { StillInUse } from '../activity/StillInUse';
import { EntityLink } from '../entity/EntityLink';
import { ExtendControl } from '../leases/ExtendControl';
import { Card } from '../portal/Card';
import { formatTook } from '../time/format';
import { Moment } from '../time/Moment';
import { describeTimeLeft, holdAt, TimeLeftView } from '../time/timeLeft';
import { TimeLeftBar } from '../time/TimeLeftBar';
import { afterwards, asSentence } from '../time/timeLeftWords';
import { useNow } from '../time/useNow';
import { SleepLine } from './SleepLine';
import styles from './environment.module.css';

/** How long it lives, when exactly it ends, why then, and who keeps it. */
export function TimeLeftCard({ environment }: { environment: Environment }) {
  const now = useNow();
  const { lease, schedule, idle } = environment;
  const view = describeTimeLeft(environment, now);
  const ends = view.kind === 'ended' || view.kind === 'ending';
  const hold = ends ? undefined : holdAt(lease, now);
  const protection = ends ? undefined : lease.protection;

  return (
    <Card className={styles.timeLeft}>
      <Answer environment={environment} view={view} />
      {hold && (
        <span>
          {view.kind === 'held' ? 'By ' : 'Held by '}
          <EntityLink entityRef={hold.by} />
          {view.kind !== 'held' && (
            <>
              {' '}
              until <Moment at={hold.until} inWords />
            </>
          )}
          : {asSentence(hold.reason)}
        </span>
      )}
      {protection && (
        <span>
          <strong>Protected</strong> by <EntityLink entityRef={protection.by} />
          : {asSentence(protection.reason)}
        </span>
      )}
      {schedule && (
        <SleepLine
          schedule={schedule}
          asleep={environment.state === 'paused'}
        />
      )}
      {idle && !ends && environment.state !== 'paused' && (
        <>
          <IdleLine idle={idle} />
          <StillInUse environment={environment} />
        </>
      )}
      {!ends && <ExtendControl environment={environment} />}
    </Card>
  );
}

function Answer(props: { environment: Environment; view: TimeLeftView }) {
  const { environment, view } = props;
  const { lease } = environment;
  const { reason, expiresAt } = lease;
  switch (view.kind) {
    case 'left':
      return (
        <>
          <span className={styles.left}>
            <strong className={view.urgent ? styles.urgent : undefined}>
              {formatTook(view.seconds * 1000)}{' '}
              {view.grace ? 'of grace left' : 'left'}
            </strong>{' '}
            <span className={styles.quiet}>
              of {formatTook(view.totalSeconds * 1000)}
            </span>
          </span>
          <TimeLeftBar wide share={view.share} urgent={view.urgent} />
          <span>
            {view.grace
              ? 'Its time was up, and it is paused. Unless it is extended, it is destroyed '
              : 'Ends '}
            <strong>
              <Moment at={view.endsAt} inWords />
            </strong>
            {view.grace ? '.' : `: ${asSentence(reason)} ${afterwards(lease)}`}
          </span>
        </>
      );
    case 'held':
      return (
        <span>
          <strong>
            Held until <Moment at={view.hold.until} inWords />
          </strong>
          : nothing of its lease falls due before.{' '}
          {expiresAt && (
            <>
              Its own end is <Moment at={expiresAt} inWords />:{' '}
              {asSentence(reason)}
            </>
          )}
        </span>
      );
    case 'kept':
    case 'ended':
      return (
        <span>
          Time was up <Moment at={view.at} inWords />: {asSentence(reason)}
          {view.kind === 'kept' && ' It stays as long as it is protected.'}
        </span>
      );
    case 'ending':
      return <span>It is being taken down.</span>;
    case 'endless':
      return <span>No expiry: {asSentence(reason)}</span>;
    default:
      return view satisfies never;
  }
}
