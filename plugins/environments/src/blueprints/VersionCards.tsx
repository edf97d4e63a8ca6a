import {
  BlueprintVersion,
  formatDurationSeconds,
} from '@greenroom/plugin-environments-common';
import { Card } from '../portal/Card';
import styles from './blueprints.module.css';

/** How long its environments live, and what they hand out. */
export function VersionCards({ version }: { version: BlueprintVersion }) {
  const { ttl, outputs } = version;
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

function durationText(seconds?: number): string {
  return seconds === undefined ? 'no end' : formatDurationSeconds(seconds);
}
