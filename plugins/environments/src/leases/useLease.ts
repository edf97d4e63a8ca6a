import { useApi } from '@backstage/frontend-plugin-api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { environmentsApiRef } from '../api';
import { keys } from '../data/keys';
import { paceOf } from '../data/pace';

export function useLease(environmentId: string) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.lease(environmentId),
    queryFn: ({ signal }) => api.getLease(environmentId, { signal }),
    refetchInterval: paceOf(false),
  });
}

export function useLeaseEntries(
  environmentId: string,
  query: { cursor?: string; limit?: number },
) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.leaseEntries(environmentId, query),
    queryFn: ({ signal }) =>
      api.listLeaseEntries(environmentId, query, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: paceOf(false),
  });
}
