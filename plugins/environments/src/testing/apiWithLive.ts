import { LiveDetail, Problem } from '@greenroom/plugin-environments-common';
import { anEnvironment, anOperation } from './builders';
import { SampleApi } from './SampleApi';

/** The environment shop-demo, whose components app and worker Argo CD runs. */
export function apiWithLive(
  items: LiveDetail[],
  options: {
    problems?: Problem[];
    busy?: boolean;
    paused?: boolean;
    /** False: no operation has made them yet. */
    made?: boolean;
  } = {},
) {
  return new SampleApi({
    environments: [
      anEnvironment({
        state: options.paused ? 'paused' : 'running',
        components: ['app', 'worker'].map(id => ({
          id,
          driver: 'argocd',
          state: options.made === false ? 'waiting' : ('ready' as const),
          resources: 2,
          uses: [],
        })),
        activeOperation: options.busy
          ? anOperation({ state: 'running' })
          : undefined,
      }),
    ],
    live: { 'env-1': { items, problems: options.problems } },
  });
}
