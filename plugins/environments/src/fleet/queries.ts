import { useApi } from '@backstage/frontend-plugin-api';
import {
  FleetUpgradeSummary,
  ListFleetEnvironmentsQuery,
  ListFleetUpgradesQuery,
} from '@greenroom/plugin-environments-common';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { environmentsApiRef } from '../api';
import { keys } from '../data/keys';
import { paceOf } from '../data/pace';

const fleetKeys = {
  list: (query: ListFleetUpgradesQuery) =>
    [...keys.live, 'fleet', 'list', query] as const,
  one: (id: string) => [...keys.live, 'fleet', id] as const,
  environments: (id: string, query: ListFleetEnvironmentsQuery) =>
    [...keys.live, 'fleet', id, 'environments', query] as const,
};

/** Something may change by itself. */
export function isFleetBusy({ state, counts }: FleetUpgradeSummary): boolean {
  return state === 'running' || counts.checking + counts.upgrading > 0;
}

export function useFleetUpgrades(query: ListFleetUpgradesQuery) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: fleetKeys.list(query),
    queryFn: ({ signal }) => api.fleet.list(query, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      paceOf(state.data?.items.some(isFleetBusy) ?? false),
  });
}

export function useFleetUpgrade(id: string) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: fleetKeys.one(id),
    queryFn: ({ signal }) => api.fleet.get(id, { signal }),
    refetchInterval: ({ state }) =>
      paceOf(state.data ? isFleetBusy(state.data) : false),
  });
}

export function useFleetEnvironments(
  id: string,
  query: ListFleetEnvironmentsQuery,
  busy: boolean,
) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: fleetKeys.environments(id, query),
    queryFn: ({ signal }) => api.fleet.listEnvironments(id, query, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: paceOf(busy),
  });
}
