import { FleetUpgrade } from '@greenroom/plugin-environments-common';
import { Card } from '../portal/Card';
import { countsText, endedOf, totalOf } from './words';
import styles from './fleet.module.css';

/** Each wave as a bar of what has ended, with what became of it in words. */
export function Waves({ waves }: Pick<FleetUpgrade, 'waves'>) {
  return (
    <Card title="Waves">
      <ol className={styles.waves}>
        {waves.map(({ number, counts }) => {
          const total = totalOf(counts);
          const bad = counts.failed + counts['set-aside'];
          return (
            <li key={number}>
              <div className={styles.waveHead}>
                <span>{`Wave ${number}`}</span>
                <span className={styles.quiet}>
                  {`${endedOf(counts)} of ${total} ended`}
                </span>
              </div>
              <div className={styles.track} aria-hidden="true">
                <span
                  className={styles.good}
                  style={{ width: share(counts.succeeded, total) }}
                />
                <span
                  className={styles.bad}
                  style={{ width: share(bad, total) }}
                />
              </div>
              <div className={styles.quiet}>{countsText(counts)}</div>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

function share(part: number, total: number): string {
  return `${total === 0 ? 0 : (100 * part) / total}%`;
}
