import { useApi } from '@backstage/frontend-plugin-api';
import {
  BlueprintVersionStatus,
  ListEnvironmentsQuery,
} from '@greenroom/plugin-environments-common';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { environmentsApiRef } from '../api';
import { keys } from './keys';
import { isEnvironmentBusy, paceOf } from './pace';

export function useEnvironments(query: ListEnvironmentsQuery) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.list(query),
    queryFn: ({ signal }) => api.listEnvironments(query, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      paceOf(state.data?.items.some(isEnvironmentBusy) ?? false),
  });
}

export function useEnvironmentCounts() {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.counts,
    queryFn: ({ signal }) => api.countEnvironments({ signal }),
    refetchInterval: paceOf(false),
  });
}

/** By id where one is known: a name may have been given to a newer environment since. */
export function useEnvironment(by: { id: string } | { name: string }) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.environment(by),
    queryFn: ({ signal }) =>
      'id' in by
        ? api.getEnvironment(by.id, { signal })
        : api.getEnvironmentByName(by.name, { signal }),
    refetchInterval: ({ state }) =>
      paceOf(state.data ? isEnvironmentBusy(state.data) : false),
  });
}

export function useResources(id: string, busy: boolean) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.resources(id),
    queryFn: ({ signal }) => api.listResources(id, { signal }),
    refetchInterval: paceOf(busy),
  });
}

export function useBlueprints(search = '') {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.blueprints(search),
    queryFn: ({ signal }) => api.listBlueprints({ search }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: paceOf(false),
  });
}

export function useBlueprint(name: string | undefined) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.blueprint(name ?? ''),
    queryFn: ({ signal }) => api.getBlueprint(name ?? '', { signal }),
    enabled: name !== undefined,
    refetchInterval: ({ state }) =>
      paceOf(
        state.data?.versionList.some(({ status }) => status === 'validating') ??
          false,
      ),
  });
}

/** The content of a released version never changes, so it is read once. */
export function useBlueprintVersion(name: string, version?: string) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.blueprintVersion(name, version ?? ''),
    queryFn: ({ signal }) =>
      api.getBlueprintVersion(name, version ?? '', { signal }),
    enabled: version !== undefined,
    staleTime: ({ state }) =>
      state.data && isReleased(state.data.status) ? Infinity : 1000,
    refetchInterval: ({ state }) =>
      state.data?.status === 'validating' && paceOf(true),
  });
}

function isReleased(status: BlueprintVersionStatus): boolean {
  return ['published', 'deprecated', 'retired'].includes(status);
}
