import { ArgocdManagedResource } from '@greenroom/plugin-argocd-node';
import { rehearsalName, trackedBy } from '../application/names';
import { addressOf } from '../application/resources';
import { Site } from '../application/site';
import { failure } from '../problems';

/**
 * A sync takes over whatever is there under the name of a manifest. So what belongs to another
 * application, or to nobody that says so, is refused beforehand.
 *
 * @throws DriverError that names it
 */
export function refuseForeign(
  { ref, owner }: Site,
  resources: ArgocdManagedResource[],
): void {
  const ours = [ref.name, rehearsalName(ref.name)];
  for (const resource of resources) {
    if (!resource.liveState || resource.hook) continue;
    const by = trackedBy(resource.liveState);
    if (by !== undefined && ours.includes(by)) continue;
    const address = addressOf(resource, resource.namespace ?? '');
    const where = resource.namespace ? ` in ${resource.namespace}` : '';
    throw failure(owner.component, {
      code: 'argocd.resource.foreign',
      message: `${address}${where} is there already and belongs to ${by ? `the application "${by}"` : 'no application'}, so component "${owner.component}" leaves it alone`,
      remedy:
        'Give the manifest another name or namespace, or remove what is there',
    });
  }
}

export function foreignNamespace({ owner }: Site, namespace: string) {
  return failure(owner.component, {
    code: 'argocd.namespace.foreign',
    message: `The namespace "${namespace}" is there already, and component "${owner.component}" did not make it`,
    remedy:
      'Give the component another namespace, or say createNamespace: false: then it is used, and never changed nor removed',
  });
}
