import { EnvironmentIdle } from '@greenroom/plugin-environments-common';
import { formatTook, millisecondsBetween } from '../time/format';
import { Moment } from '../time/Moment';
import { useNow } from '../time/useNow';
import { consequenceText, signalText, valueText } from './words';
import styles from './activity.module.css';

/** Shorter than that, it is in use. */
const QUIET_MS = 15 * 60_000;

/** Since when nobody has used it, what follows when, and what was seen last. */
export function IdleLine({ idle }: { idle: EnvironmentIdle }) {
  const { signals, probes } = idle;
  const [last] = signals;
  const failing = probes.filter(({ problem }) => problem);
  const quiet = probes.filter(({ problem, value }) => !problem && value);
  return (
    <span>
      <What idle={idle} />
      {last && (
        <span className={styles.seen}>
          {' '}
          Last seen: {signalText(last)}, <Moment at={last.at} inWords />.
        </span>
      )}
      {quiet.map(({ name, value, answeredAt }) => (
        <span key={name} className={styles.seen}>
          {' '}
          Probe {name}: {value && valueText(value)}
          {answeredAt && (
            <>
              , <Moment at={answeredAt} inWords />
            </>
          )}
          .
        </span>
      ))}
      {failing.map(({ name, problem, failingSince }) => (
        <span key={name} className={styles.failing}>
          {' '}
          Probe {name} fails
          {failingSince && (
            <>
              {' '}
              since <Moment at={failingSince} inWords />
            </>
          )}
          : {problem}.
        </span>
      ))}
    </span>
  );
}

function What({ idle }: { idle: EnvironmentIdle }) {
  const now = useNow(15_000);
  const { quietSince, dueAt, standing, endsAt } = idle;
  if (endsAt) {
    return (
      <>
        Nobody has used it since <Moment at={quietSince} inWords />: that is why
        it ends. Whoever uses it keeps it.
      </>
    );
  }
  const quietMs = millisecondsBetween(quietSince, now);
  const since =
    quietMs < QUIET_MS ? 'In use' : `Not used for ${formatTook(quietMs)}`;
  if (standing) {
    return (
      <>
        {since}; nothing follows from that, for {standing}.
      </>
    );
  }
  if (!dueAt) return <>{since}.</>;
  return (
    <>
      {since}; {consequenceText(idle)}{' '}
      <strong>
        <Moment at={dueAt} inWords />
      </strong>{' '}
      unless somebody uses it.
    </>
  );
}
