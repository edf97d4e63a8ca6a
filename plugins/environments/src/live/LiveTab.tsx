import { Environment } from '@greenroom/plugin-environments-common';
import { useSearchParams } from 'react-router-dom';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { StaleNote } from '../feedback/StaleNote';
import { Applications } from './Applications';
import { Detail } from './Detail';
import { LiveProblems } from './LiveProblems';
import { LiveSkeleton } from './LiveSkeleton';
import { NothingRuns } from './NothingRuns';
import { useLive } from './queries';
import styles from './live.module.css';

const WHAT = 'What runs could not be read';

/** What runs of an environment, and one component of it with all that is seen. */
export function LiveTab({ environment }: { environment: Environment }) {
  const { data, error, refetch } = useLive(environment);
  const [parameters] = useSearchParams();
  if (!data) {
    return error ? (
      <Failure error={error} what={WHAT} onRetry={refetch} />
    ) : (
      <LiveSkeleton environment={environment} />
    );
  }
  const asked = parameters.get('component') ?? data.items[0]?.component;
  const picked = data.items.find(({ component }) => component === asked);
  const several = data.items.length > 1;
  return (
    <>
      <StaleNote error={error} what={WHAT} onRetry={refetch} />
      <LiveProblems problems={data.problems} />
      {asked === undefined && data.problems.length === 0 && (
        <NothingRuns environment={environment} />
      )}
      {asked !== undefined && (
        <div className={several ? styles.columns : undefined}>
          {several && <Applications items={data.items} picked={asked} />}
          {picked ? (
            <Detail
              key={picked.component}
              environment={environment}
              live={picked}
            />
          ) : (
            <Notice title={`Nothing of “${asked}” is seen`}>
              It is not made yet, was removed, or its system can’t be asked.
            </Notice>
          )}
        </div>
      )}
    </>
  );
}
