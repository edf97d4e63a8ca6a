import { ArgocdApplicationSpec } from '@greenroom/plugin-argocd-node';
import {
  JsonObject,
  ResourceChange,
} from '@greenroom/plugin-environments-common';
import { ownLabels, Owner } from '../application/names';
import { isMap } from '../spec/overlay';
import { changeOf } from './changes';

/** What becomes of the application itself: its sources at which revisions, its destination. */
export function applicationChange(
  before: ArgocdApplicationSpec | undefined,
  after: ArgocdApplicationSpec | undefined,
): ResourceChange | undefined {
  return changeOf({
    address: 'Application',
    type: 'argoproj.io/Application',
    before: before && plain(before),
    after: after && plain(after),
  });
}

/** Somebody else's application becomes the component's own. */
export function takenOver(
  before: ArgocdApplicationSpec,
  after: ArgocdApplicationSpec,
  owner: Owner,
): ResourceChange | undefined {
  return changeOf({
    address: 'Application',
    type: 'argoproj.io/Application',
    before: plain(before),
    after: { ...plain(after), labels: ownLabels(owner) },
    reason: 'it is taken over from whoever made it',
  });
}

/** The namespace that Argo CD makes before the first sync. */
export function namespaceAdded(
  name: string,
  { syncPolicy }: ArgocdApplicationSpec,
): ResourceChange {
  const { labels } = (syncPolicy?.managedNamespaceMetadata ?? {}) as JsonObject;
  const after: JsonObject = {
    metadata: { name, ...(isMap(labels) && { labels }) },
  };
  const address = `Namespace/${name}`;
  return changeOf({ address, type: 'Namespace', after })!;
}

/** As it comes back from Argo CD: fields without a value are left out. */
function plain(spec: ArgocdApplicationSpec): JsonObject {
  return JSON.parse(JSON.stringify(spec));
}
