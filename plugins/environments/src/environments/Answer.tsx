import { Link, Skeleton } from '@backstage/ui';
import { EnvironmentCounts } from '@greenroom/plugin-environments-common';
import { usePaths } from '../portal/paths';

/** What people came for: is something wrong, does something end, how much is there. */
export function Answer({ counts }: { counts?: EnvironmentCounts }) {
  const paths = usePaths();
  if (!counts) return <Skeleton width={320} height={20} />;

  const { teams, failedInTeams: failed, endingTodayInTeams: ending } = counts;
  if (teams === 0) return <>Your teams have no environments.</>;

  const all = (
    <>
      {' '}
      Your teams have{' '}
      <Link href={paths.environments()}>
        {teams} environment{teams === 1 ? '' : 's'}
      </Link>
      .
    </>
  );
  if (failed === 0 && ending === 0) {
    return <>Nothing failed, nothing ends today.{all}</>;
  }
  return (
    <>
      {failed > 0 && (
        <Link href={paths.environments('?state=failed')}>{failed} failed</Link>
      )}
      {failed > 0 && ending > 0 && ', '}
      {ending > 0 && (
        <Link href={paths.environments('?sort=timeLeft')}>
          {ending} end{ending === 1 ? 's' : ''} today
        </Link>
      )}
      .{all}
    </>
  );
}
