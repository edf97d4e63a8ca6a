import { LiveOperation } from '@greenroom/plugin-environments-common';
import { EntityLink } from '../entity/EntityLink';
import { StateBadge } from '../state/StateBadge';
import { StateView } from '../state/states';
import { Elapsed } from '../time/Elapsed';
import { Moment } from '../time/Moment';
import { Revision } from './Revision';
import { isSyncing } from './words';
import styles from './live.module.css';

const VIEWS: Record<LiveOperation['phase'], StateView> = {
  running: { word: 'Syncing', shape: 'ring', tone: 'info' },
  terminating: { word: 'Stopping', shape: 'ring', tone: 'info' },
  succeeded: { word: 'Succeeded', shape: 'tick', tone: 'success' },
  failed: { word: 'Failed', shape: 'cross', tone: 'danger' },
};

/** The sync under way or the last one: what it came to, who asked for it, and when. */
export function LastSync({ operation }: { operation: LiveOperation }) {
  const { phase, message, startedAt, finishedAt, by, revision } = operation;
  const now = isSyncing(operation);
  return (
    <section aria-label={now ? 'Sync under way' : 'Last sync'}>
      <h4 className={styles.heading}>{now ? 'Sync under way' : 'Last sync'}</h4>
      <div className={styles.lastSync}>
        <span>
          <StateBadge view={VIEWS[phase]} />
          {now && startedAt && (
            <>
              {' '}
              for <Elapsed from={startedAt} />
            </>
          )}
          {!now && finishedAt && (
            <>
              {' '}
              <Moment at={finishedAt} inWords />
            </>
          )}
          {revision && (
            <>
              , to <Revision revision={revision} />
            </>
          )}
          ,{' '}
          {by ? (
            <>
              asked for by <Who by={by} />
            </>
          ) : (
            'by itself'
          )}
        </span>
        {message && (
          <span className={phase === 'failed' ? styles.failed : styles.quiet}>
            {message}
          </span>
        )}
      </div>
    </section>
  );
}

/** A person of the portal, or an account that only the system knows. */
function Who({ by }: { by: string }) {
  return /^[a-z]+:[^/]+\/[^/]+$/i.test(by) ? (
    <EntityLink entityRef={by} />
  ) : (
    <>{by}</>
  );
}
