import { useApi } from '@backstage/frontend-plugin-api';
import { ListOrphansQuery } from '@greenroom/plugin-environments-common';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { environmentsApiRef } from '../api';
import { keys } from './keys';
import { paceOf } from './pace';

export function useOrphans(query: ListOrphansQuery) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.orphans(query),
    queryFn: ({ signal }) => api.listOrphans(query, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: paceOf(false),
  });
}

export function useFailedTeardowns(
  query: Pick<ListOrphansQuery, 'scope' | 'search' | 'cursor' | 'limit'>,
) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.failedTeardowns(query),
    queryFn: ({ signal }) => api.listFailedTeardowns(query, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: paceOf(false),
  });
}

export function useFailingChecks(
  query: Pick<ListOrphansQuery, 'scope' | 'search' | 'owner' | 'limit'>,
) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.failingChecks(query),
    queryFn: ({ signal }) => api.listFailingTeardownChecks(query, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: paceOf(false),
  });
}

export function useStateVersions(
  environmentId: string,
  query: { component?: string; cursor?: string; limit?: number },
) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.states(environmentId, query),
    queryFn: ({ signal }) =>
      api.listStateVersions(environmentId, query, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: paceOf(false),
  });
}
