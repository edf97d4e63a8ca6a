import { useApi } from '@backstage/frontend-plugin-api';
import { Environment } from '@greenroom/plugin-environments-common';
import { useQuery } from '@tanstack/react-query';
import { environmentsApiRef } from '../api';
import { keys } from '../data/keys';
import { paceOf } from '../data/pace';

/**
 * What an upgrade would mean for an environment.
 *
 * @param environment undefined while it is not known, or when nobody wants to know
 * @param version the recommended one when absent
 */
export function useUpgrade(
  environment: Pick<Environment, 'id'> | undefined,
  version?: string,
) {
  const api = useApi(environmentsApiRef);
  const id = environment?.id ?? '';
  return useQuery({
    queryKey: keys.upgrade(id, version),
    queryFn: ({ signal }) => api.getUpgrade(id, { version }, { signal }),
    enabled: environment !== undefined,
    refetchInterval: paceOf(false),
  });
}
