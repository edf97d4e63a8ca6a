import { useApi } from '@backstage/frontend-plugin-api';
import { Link, Skeleton } from '@backstage/ui';
import { environmentsApiRef } from '@greenroom/plugin-environments';
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
  if (data) {
    const { mine, failedInTeams, endingTodayInTeams } = data;
    return (
      <>
        <Link href={`${environments}?scope=mine`}>
          {mine} {mine === 1 ? 'environment is' : 'environments are'} yours
        </Link>
        . In your teams,{' '}
        <Link href={`${environments}?state=failed`}>
          {failedInTeams} failed
        </Link>{' '}
        and{' '}
        <Link href={environments}>
          {endingTodayInTeams} end{endingTodayInTeams === 1 ? 's' : ''} today
        </Link>
        .
      </>
    );
  }
  if (error) return <>Your environments could not be read: {error.message}</>;
  return <Skeleton width={320} height={20} />;
}
