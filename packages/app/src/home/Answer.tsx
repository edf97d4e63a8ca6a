import { useApi } from '@backstage/frontend-plugin-api';
import { Link, Skeleton } from '@backstage/ui';
import { environmentsApiRef } from '@greenroom/plugin-environments';
import { EnvironmentCounts } from '@greenroom/plugin-environments-common';
import { useQuery } from '@tanstack/react-query';
import { REFRESH_MS } from './refresh';

/** How many are mine, and what goes wrong or ends today in my teams. Each number opens its rows. */
export function Answer({ environments }: { environments: string }) {
  const api = useApi(environmentsApiRef);
  const { data, error } = useQuery({
    queryKey: ['counts'],
    queryFn: ({ signal }) => api.countEnvironments({ signal }),
    refetchInterval: REFRESH_MS,
  });
  if (data) return <Counts counts={data} environments={environments} />;
  if (error) return <>Your environments could not be read: {error.message}</>;
  return <Skeleton width={320} height={20} />;
}

function Counts(props: { counts: EnvironmentCounts; environments: string }) {
  const { mine, teams, failedInTeams, endingTodayInTeams } = props.counts;
  if (teams === 0 && mine === 0) {
    return <>You and your teams have no environments.</>;
  }
  return (
    <>
      <Link href={`${props.environments}?scope=mine`}>
        {mine} {mine === 1 ? 'environment is' : 'environments are'} yours
      </Link>
      . In your teams,{' '}
      <Link href={`${props.environments}?state=failed`}>
        {failedInTeams} failed
      </Link>{' '}
      and{' '}
      <Link href={props.environments}>
        {endingTodayInTeams} end{endingTodayInTeams === 1 ? 's' : ''} today
      </Link>
      .
    </>
  );
}
