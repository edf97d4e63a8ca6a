import {
  ComponentState,
  EnvironmentComponent,
  EnvironmentState,
} from '@greenroom/plugin-environments-common';

const COMPONENTS: Omit<EnvironmentComponent, 'state'>[] = [
  { id: 'database', driver: 'terraform', resources: 6, uses: [] },
  { id: 'cache', driver: 'terraform', resources: 3, uses: [] },
  {
    id: 'app',
    driver: 'argocd',
    resources: 4,
    uses: [
      { component: 'database', outputs: ['url'] },
      { component: 'cache', outputs: ['endpoint'] },
    ],
  },
  {
    id: 'worker-with-a-rather-long-name',
    driver: 'argocd',
    resources: 1,
    uses: [{ component: 'cache', outputs: ['endpoint'] }],
  },
];

const STATES: Partial<Record<EnvironmentState, ComponentState[]>> = {
  provisioning: ['working', 'ready', 'waiting', 'waiting'],
  updating: ['working', 'ready', 'ready', 'absent'],
  pausing: ['ready', 'paused', 'working', 'paused'],
  paused: ['paused', 'paused', 'paused', 'absent'],
  resuming: ['working', 'ready', 'paused', 'paused'],
  degraded: ['ready', 'ready', 'failed', 'ready'],
  failed: ['failed', 'ready', 'waiting', 'waiting'],
  destroying: ['working', 'working', 'gone', 'gone'],
  destroyed: ['gone', 'gone', 'gone', 'gone'],
};

/** The components of an environment in a state. */
export function componentsIn(state: EnvironmentState): EnvironmentComponent[] {
  return COMPONENTS.map((component, index) => {
    const own = STATES[state]?.[index] ?? 'ready';
    const nothing = ['waiting', 'absent', 'gone'].includes(own);
    return {
      ...component,
      state: own,
      resources: nothing ? 0 : component.resources,
    };
  });
}
