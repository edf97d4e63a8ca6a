import { useApi } from '@backstage/frontend-plugin-api';
import { SimulateLeasesRequest } from '@greenroom/plugin-environments-common';
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import { environmentsApiRef } from '../../api';
import { PAGE_SIZE } from '../../list/page';

/** Not among what is live: what somebody tries stays as it was. */
const whatIfKeys = {
  rules: ['environments', 'leaseRules'] as const,
  simulation: (request?: SimulateLeasesRequest) =>
    ['environments', 'whatIf', request] as const,
  environments: (request?: SimulateLeasesRequest) =>
    ['environments', 'whatIf', request, 'environments'] as const,
};

/** The rules of the configuration. */
export function useConfiguredRules(enabled: boolean) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: whatIfKeys.rules,
    queryFn: ({ signal }) => api.leases.getRules({ signal }),
    enabled,
  });
}

/** What rules would have come to, once somebody has asked. */
export function useSimulation(request: SimulateLeasesRequest | undefined) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: whatIfKeys.simulation(request),
    queryFn: ({ signal }) => api.leases.simulate(request!, { signal }),
    enabled: request !== undefined,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** The environments that would fare otherwise, page by page. */
export function useSimulatedLeases(request: SimulateLeasesRequest) {
  const api = useApi(environmentsApiRef);
  return useInfiniteQuery({
    queryKey: whatIfKeys.environments(request),
    queryFn: ({ signal, pageParam }) =>
      api.leases.listSimulated(
        { ...request, cursor: pageParam, limit: PAGE_SIZE },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.nextCursor,
    staleTime: Infinity,
  });
}
