import {
  ArgocdManagedResource,
  ArgocdResourceId,
} from '@greenroom/plugin-argocd-node';
import { DriverResource } from '@greenroom/plugin-environments-node';

/** Whether it is a namespace, and that one. */
export function isNamespace(
  { group, kind, name }: ArgocdResourceId,
  namespace: string,
): boolean {
  return kind === 'Namespace' && !group && name === namespace;
}

export function isSame(one: ArgocdResourceId, other: ArgocdResourceId) {
  return (
    one.group === other.group &&
    one.kind === other.kind &&
    (one.namespace ?? '') === (other.namespace ?? '') &&
    one.name === other.name
  );
}

export function typeOf({ group, kind }: ArgocdResourceId): string {
  return group ? `${group}/${kind}` : kind;
}

/** `apps/Deployment/web`; with its namespace where that is not the component's. */
export function addressOf(id: ArgocdResourceId, namespace: string): string {
  const elsewhere = id.namespace && id.namespace !== namespace;
  return [typeOf(id), ...(elsewhere ? [id.namespace] : []), id.name].join('/');
}

export function resourceOf(
  id: ArgocdResourceId,
  namespace: string,
): DriverResource {
  // Argo CD tells of a namespace now with, now without the one it lies in.
  const within = id.kind === 'Namespace' ? undefined : id.namespace;
  return {
    address: addressOf({ ...id, namespace: within }, namespace),
    type: typeOf(id),
    externalId: [within, id.name].filter(Boolean).join('/'),
  };
}

/** Those that the cluster has, hooks left out: Argo CD removes them by their own rules. */
export function present(
  resources: ArgocdManagedResource[],
): ArgocdManagedResource[] {
  return resources.filter(({ liveState, hook }) => liveState && !hook);
}
