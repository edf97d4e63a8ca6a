import {
  ArgocdApplicationSpec,
  ArgocdClient,
  ArgocdHealth,
  ArgocdSyncStatus,
} from '@greenroom/plugin-argocd-node';
import {
  LiveComponent,
  LiveHealth,
  LiveSync,
} from '@greenroom/plugin-environments-common';
import { revisionsOf } from '../application/applicationSpec';

export const SYNC: Record<ArgocdSyncStatus, LiveSync> = {
  Synced: 'synced',
  OutOfSync: 'outOfSync',
  Unknown: 'unknown',
};

export const HEALTH: Record<ArgocdHealth['status'], LiveHealth> = {
  Healthy: 'healthy',
  Progressing: 'progressing',
  Degraded: 'degraded',
  Missing: 'missing',
  Suspended: 'suspended',
  Unknown: 'unknown',
};

/** What is said of an application, in a list as well as of it alone. */
export function stateOf(
  { frontendUrl }: Pick<ArgocdClient, 'frontendUrl'>,
  application: {
    name: string;
    namespace?: string;
    spec: ArgocdApplicationSpec;
    sync: ArgocdSyncStatus;
    health: ArgocdHealth;
  },
): Omit<LiveComponent, 'component' | 'driver' | 'message'> {
  const { name, namespace, spec, sync, health } = application;
  const path = [namespace, name].filter(part => part !== undefined);
  return {
    name,
    url: [frontendUrl, 'applications', ...path.map(encodeURIComponent)].join(
      '/',
    ),
    sync: SYNC[sync],
    health: HEALTH[health.status],
    revision: revisionsOf(spec).join(' '),
    selfHeals: selfHeals(spec),
  };
}

function selfHeals({ syncPolicy }: ArgocdApplicationSpec): boolean {
  const automated = (syncPolicy?.automated ?? {}) as {
    enabled?: boolean;
    selfHeal?: boolean;
  };
  return automated.selfHeal === true && automated.enabled !== false;
}
