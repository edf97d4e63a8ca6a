import { useApi } from '@backstage/frontend-plugin-api';
import {
  LeaseSelection,
  ListLeasesQuery,
  ListMoreTimeQuery,
  ListSleepsQuery,
  ListWaitingLeasesQuery,
} from '@greenroom/plugin-environments-common';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { environmentsApiRef } from '../api';
import { keys } from '../data/keys';
import { paceOf } from '../data/pace';
import { DAYS_AHEAD } from './filters';

const leaseKeys = {
  list: (query: ListLeasesQuery) => [...keys.live, 'leases', query] as const,
  waiting: (query: ListWaitingLeasesQuery) =>
    [...keys.live, 'leases', 'waiting', query] as const,
  moreTime: (query: ListMoreTimeQuery) =>
    [...keys.live, 'leases', 'moreTime', query] as const,
  brake: [...keys.live, 'leases', 'brake'] as const,
  sleeps: (query: ListSleepsQuery) =>
    [...keys.live, 'leases', 'sleeps', query] as const,
  overview: (selection: LeaseSelection) =>
    [...keys.live, 'leases', 'overview', selection] as const,
};

export function useLeases(query: ListLeasesQuery) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: leaseKeys.list(query),
    queryFn: ({ signal }) => api.leases.list(query, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: paceOf(false),
  });
}

/** When environments sleep by their schedules. */
export function useSleeps(query: ListSleepsQuery) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: leaseKeys.sleeps(query),
    queryFn: ({ signal }) => api.leases.sleeps(query, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: paceOf(false),
  });
}

/** Days begin there where somebody looks. */
export function useLeaseOverview(selection: LeaseSelection) {
  const api = useApi(environmentsApiRef);
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return useQuery({
    queryKey: leaseKeys.overview(selection),
    queryFn: ({ signal }) =>
      api.leases.overview(
        { ...selection, days: DAYS_AHEAD, timeZone },
        { signal },
      ),
    placeholderData: keepPreviousData,
    refetchInterval: paceOf(false),
  });
}

/** Who asks for more time than the limits allow. */
export function useMoreTime(query: ListMoreTimeQuery) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: leaseKeys.moreTime(query),
    queryFn: ({ signal }) => api.moreTime.list(query, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: paceOf(false),
  });
}

/** What the brake holds. */
export function useWaitingLeases(query: ListWaitingLeasesQuery) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: leaseKeys.waiting(query),
    queryFn: ({ signal }) => api.listWaitingLeases(query, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: paceOf(false),
  });
}

/** Whether ends of leases wait for the word of an operator. */
export function useLeaseBrake() {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: leaseKeys.brake,
    queryFn: ({ signal }) => api.getLeaseBrake({ signal }),
    refetchInterval: paceOf(false),
  });
}
