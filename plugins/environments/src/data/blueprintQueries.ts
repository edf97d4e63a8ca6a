import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';
import { environmentsApiRef } from '../api';
import { keys } from './keys';

/** What differs between two versions; drafts may change, so it is not kept for ever. */
export function useComparison(
  name: string,
  { from, to }: { from: string; to: string },
) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.comparison(name, from, to),
    queryFn: ({ signal }) =>
      api.compareBlueprintVersions(name, { from, to }, { signal }),
    enabled: from !== '' && to !== '' && from !== to,
  });
}

/** Which living environments could not be upgraded to a version as they are. */
export function useImpact(name: string, to: string, from?: string) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.impact(name, to, from),
    queryFn: ({ signal }) =>
      api.getBlueprintImpact(name, to, { from }, { signal }),
    enabled: to !== '',
  });
}

/** The blueprint as the catalog holds it; null when it came by the API alone. */
export function useBlueprintEntity(entityRef: string) {
  const catalogApi = useApi(catalogApiRef);
  return useQuery({
    queryKey: keys.entity(entityRef),
    queryFn: async () => (await catalogApi.getEntityByRef(entityRef)) ?? null,
  });
}
