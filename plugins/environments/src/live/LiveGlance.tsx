import { Link, Skeleton } from '@backstage/ui';
import { Environment } from '@greenroom/plugin-environments-common';
import { Failure } from '../feedback/Failure';
import { StaleNote } from '../feedback/StaleNote';
import { usePaths } from '../portal/paths';
import { Badges } from './Badges';
import { LiveProblems } from './LiveProblems';
import { useLive } from './queries';
import { Revision } from './Revision';
import { SystemLink } from './SystemLink';
import styles from './live.module.css';

const WHAT = 'What runs could not be read';

/** What runs of an environment in a few lines, each leading to all that is seen of it. */
export function LiveGlance({ environment }: { environment: Environment }) {
  const { data, error, refetch } = useLive(environment);
  const paths = usePaths();
  if (!data) {
    return error ? (
      <Failure error={error} what={WHAT} onRetry={refetch} />
    ) : (
      <div aria-busy="true">
        <Skeleton width="100%" height={56} />
      </div>
    );
  }
  return (
    <>
      <StaleNote error={error} what={WHAT} onRetry={refetch} />
      <LiveProblems problems={data.problems} />
      {data.items.length === 0 && data.problems.length === 0 && (
        <p className={styles.none}>Nothing of it runs yet.</p>
      )}
      {data.items.length > 0 && (
        <ul className={styles.glance} aria-label="What runs">
          {data.items.map(live => (
            <li key={live.component}>
              <span className={styles.glanceName}>
                <Link
                  href={paths.live(environment, live.component)}
                  weight="bold"
                >
                  {live.component}
                </Link>
                {live.revision && (
                  <>
                    {' '}
                    <Revision revision={live.revision} />
                  </>
                )}
              </span>
              <SystemLink live={live} small />
              <Badges of={live} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
