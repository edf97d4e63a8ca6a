import { useApi } from '@backstage/frontend-plugin-api';
import { Environment } from '@greenroom/plugin-environments-common';
import { useQuery } from '@tanstack/react-query';
import { environmentsApiRef } from '../api';
import { keys } from '../data/keys';
import { isEnvironmentBusy, paceOf } from '../data/pace';
import { systemsOf } from './systems';
import { isMoving } from './words';

/** Less often than our own data: each look asks another system. */
const CALM_MS = 20_000;
/** So long what was asked for may take to show. */
const SOON_MS = 15_000;

/** How the components of an environment stand, by the systems that run them. */
export function useLive(environment: Environment) {
  const { id } = environment;
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.running(id),
    queryFn: ({ signal }) => api.live.list(id, { signal }),
    enabled: environment.state !== 'destroyed',
    refetchInterval: ({ state: { data } }) =>
      systemsOf(environment, data) !== undefined &&
      livePace(isEnvironmentBusy(environment) || data?.items.some(isMoving)),
  });
}

/**
 * One component with all that is seen of it.
 *
 * @param askedAt - when something was asked for, so that it is looked for soon
 */
export function useLiveDetail(
  environment: Environment,
  component: string,
  askedAt: number,
) {
  const { id } = environment;
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.runningComponent(id, component),
    queryFn: ({ signal }) => api.live.get(id, component, { signal }),
    refetchInterval: ({ state: { data } }) =>
      livePace(
        isEnvironmentBusy(environment) ||
          (data && isMoving(data)) ||
          Date.now() - askedAt < SOON_MS,
      ),
  });
}

function livePace(moving: boolean | undefined): number {
  return moving ? paceOf(true) : CALM_MS;
}
