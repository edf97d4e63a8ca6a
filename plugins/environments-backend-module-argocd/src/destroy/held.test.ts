import { ArgocdManagedResource } from '@greenroom/plugin-argocd-node';
import { TRACKING_ANNOTATION } from '../application/names';
import { stays } from './held';

const resource = (
  name: string,
  annotations: Record<string, string>,
  more: Partial<ArgocdManagedResource> = {},
): ArgocdManagedResource => ({
  ...{ group: '', kind: 'ConfigMap', namespace: 'default', name },
  change: 'none',
  liveState: { metadata: { annotations } },
  ...more,
});

it('names what Argo CD leaves behind, and why', () => {
  const own = { [TRACKING_ANNOTATION]: 'shop:/ConfigMap:default/a' };
  const options = 'argocd.argoproj.io/sync-options';
  const resources = [
    resource('goes', { ...own, [options]: 'Prune=false, Delete=confirm' }),
    resource('told', { ...own, [options]: 'Prune=false, Delete=false' }),
    resource('kept', { ...own, 'helm.sh/resource-policy': 'keep' }),
    resource('things.example.com', own, {
      group: 'apiextensions.k8s.io',
      kind: 'CustomResourceDefinition',
    }),
    resource('unmarked', {}),
    resource('taken', { [TRACKING_ANNOTATION]: 'other:/ConfigMap:default/a' }),
  ];
  expect(stays(resources, 'shop')).toEqual([
    'ConfigMap/told (its annotation says Delete=false)',
    'ConfigMap/kept (its annotation helm.sh/resource-policy says keep)',
    'CustomResourceDefinition/things.example.com (Argo CD deletes no definition of resources)',
    'ConfigMap/unmarked (somebody has taken away the mark that it belongs to "shop")',
  ]);
});
