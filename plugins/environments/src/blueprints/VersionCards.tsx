import {
  BlueprintScheduleSpec,
  BlueprintVersion,
  formatDurationSeconds,
} from '@greenroom/plugin-environments-common';
import { Card } from '../portal/Card';
import styles from './blueprints.module.css';

/** How long its environments live, when they sleep, and what they hand out. */
export function VersionCards({ version }: { version: BlueprintVersion }) {
  const { ttl, schedule, idle, outputs } = version;
  return (
    <>
      <Card title="Time to live">
        <dl className={styles.facts}>
          <dt>Usually</dt>
          <dd>{durationText(ttl.defaultSeconds)}</dd>
          <dt>At most</dt>
          <dd>{durationText(ttl.maxSeconds)}</dd>
          <dt>Warns</dt>
          <dd>
            {ttl.warnBeforeSeconds.length === 0
              ? 'not beforehand'
              : `${ttl.warnBeforeSeconds.map(formatDurationSeconds).join(' and ')} before`}
          </dd>
          <dt>Then</dt>
          <dd>
            {ttl.onExpiry === 'pause'
              ? `paused, and destroyed ${durationText(ttl.graceSeconds)} later`
              : 'destroyed'}
          </dd>
          {schedule && (
            <>
              <dt>Sleeps</dt>
              <dd>
                <ScheduleText schedule={schedule} />
              </dd>
            </>
          )}
          {idle && (
            <>
              <dt>Unused</dt>
              <dd>
                {idle.then === 'pause' ? 'paused' : 'ended'} after{' '}
                {formatDurationSeconds(idle.afterSeconds)} without use
              </dd>
            </>
          )}
        </dl>
      </Card>
      <Card title="Outputs">
        {outputs.length === 0 ? (
          <p className={styles.none}>None.</p>
        ) : (
          <ul className={styles.outputs}>
            {outputs.map(({ name, title }) => (
              <li key={name}>
                {title || name}{' '}
                {title && <code className={styles.quiet}>{name}</code>}
              </li>
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}

/** Its cron lines as they are: whoever looks for them here has written such. */
function ScheduleText({ schedule }: { schedule: BlueprintScheduleSpec }) {
  const { sleep, wake, timeZone, holidays } = schedule;
  return (
    <>
      at <code>{sleep}</code>
      {wake ? (
        <>
          , wakes at <code>{wake}</code>
        </>
      ) : (
        ', until somebody wakes it'
      )}{' '}
      ({timeZone}
      {holidays && `, not on holidays of ${holidays}`})
    </>
  );
}

function durationText(seconds?: number): string {
  return seconds === undefined ? 'no end' : formatDurationSeconds(seconds);
}
